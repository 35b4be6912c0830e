/** What a delivery can be, and what each state means. */
export const deliveryStates = [
  /** Waits for its turn: due at `nextAt`. */
  'pending',
  /** Somebody works on it until its lease ends. */
  'sending',
  /** The platform has it; `messageId` says where. Redrawn in place while its subject changes. */
  'sent',
  /** The platform may or may not have it: the reply was lost. Reconciled before anything is sent again. */
  'unknown',
  /** Given up with a reason, and shown to a supervisor. Never silent. */
  'parked',
  /** Its subject no longer needs telling, before it was sent. */
  'cancelled',
  /** A later post of its series stands in its place. */
  'superseded',
] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** Lower goes first. */
export const priorities = { escalation: 0, answer: 1, refresh: 2, digest: 3 } as const;
