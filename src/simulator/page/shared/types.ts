/** What the simulator's API answers, as far as the page reads it. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly slackUser?: string;
  readonly teamsUser?: string;
}
export interface Place {
  readonly id: string;
  readonly name: string;
  readonly members: readonly string[];
}
export interface PlatformState {
  readonly tenant: string;
  readonly name: string;
  readonly users: readonly { readonly id: string; readonly name: string }[];
  readonly channels: readonly Place[];
  /** Slack: what the app put into the shortcut menus. */
  readonly shortcuts?: readonly { readonly name: string; readonly type: string; readonly callback_id: string }[];
  /** Teams: the actions of its message extension. */
  readonly extension?: readonly { readonly id: string; readonly title: string; readonly context: readonly string[] }[];
}
export interface LedgerLine {
  readonly number: number;
  readonly at: string;
  readonly platform: 'slack' | 'teams';
  readonly direction: 'to-baton' | 'from-baton';
  readonly what: string;
  readonly status: number;
  readonly ms: number;
  readonly failure?: string;
}
export type DeliveryState = 'pending' | 'sending' | 'sent' | 'unknown' | 'parked' | 'cancelled' | 'superseded';
export interface Delivery {
  readonly id: string;
  readonly state: DeliveryState;
  readonly kind: string;
  readonly audience: 'person' | 'team';
  readonly to: string;
  readonly platform: 'slack' | 'teams' | null;
  readonly attempts: number;
  readonly reason: string | null;
  readonly why?: string;
  readonly createdAt: string;
  readonly sentAt: string | null;
  readonly nextAt: string | null;
  readonly redrawn: boolean;
}
export interface DeliveryLedger {
  readonly now: string;
  readonly counts: Readonly<Partial<Record<DeliveryState, number>>>;
  readonly deliveries: readonly Delivery[];
}
export interface WaitingFault {
  readonly platform: 'slack' | 'teams';
  readonly kind: string;
  readonly times: number;
}
export interface SimulatorState {
  readonly clock: { readonly now: string; readonly zone: string };
  readonly people: readonly Person[];
  readonly slack?: PlatformState;
  readonly teams?: PlatformState;
  readonly faults: readonly WaitingFault[];
  readonly ledger: readonly LedgerLine[];
}

/** The answer to anything a person did. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly ms: number;
  readonly failure?: string;
}
