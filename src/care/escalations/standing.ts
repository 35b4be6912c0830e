import { compareAttention, type Attention } from '../../feature/attention-order.ts';
import type { Named } from './records.ts';
import { severitySchema, type EscalationState, type Severity } from './rules.ts';

/** An open escalation as lists know it: who stands how to it, and nothing sealed. */
export interface Opening {
  readonly id: string;
  readonly client:
    | { readonly id: string; readonly code: string; readonly tier: string; readonly coordinator: string | undefined }
    | undefined;
  /** The code somebody typed and no client here has. */
  readonly unknownCode: string | undefined;
  readonly team: string;
  readonly severity: Severity;
  readonly raisedAt: Date;
  readonly state: Exclude<EscalationState, 'resolved'>;
  readonly step: number;
  readonly needsTwo: boolean;
  /** Planned moment of the ladder's next step. */
  readonly nextAt: Date;
  readonly late: boolean;
  readonly version: number;
  readonly raisedBy: string;
  readonly owner: Named;
  readonly taken: { readonly by: Named; readonly second: Named | undefined } | undefined;
  /** Until when it holds, while somebody has it. */
  readonly expiresAt: Date | undefined;
  /** Who raised it has it in hand until the ladder goes on; it is not taken. */
  readonly inHandOf: Named | undefined;
  /** The last acknowledgement ran out, and nobody has taken it since. */
  readonly lapsed: { readonly had: readonly Named[]; readonly at: Date } | undefined;
  /** Whom the ladder told in its present run, or who stands in for one of them; not who raised it. */
  readonly told: readonly string[];
}

/** What says who has it. */
export type Stand = Pick<Opening, 'state' | 'taken' | 'expiresAt' | 'lapsed' | 'inHandOf' | 'nextAt'>;

/** Who has it at this moment. */
export type Holding =
  | { readonly is: 'nobody' }
  | { readonly is: 'in-hand'; readonly by: Named; readonly until: Date }
  | { readonly is: 'held'; readonly by: Named; readonly second: Named | undefined }
  /** One of two has: a second person is needed. */
  | { readonly is: 'half-held'; readonly by: Named }
  | { readonly is: 'lapsed'; readonly had: readonly Named[]; readonly at: Date };

/**
 * An acknowledgement holds for a time, and then nobody has it: also in the minutes until a tick notices. Whoever has
 * had it is said, because they may believe that they have it still. Every card, row, line of news and list says it from
 * here.
 */
export function holdingOf({ state, taken, expiresAt, lapsed, inHandOf, nextAt }: Stand, now: Date): Holding {
  if (taken === undefined && inHandOf !== undefined && nextAt > now)
    return { is: 'in-hand', by: inHandOf, until: nextAt };
  if (taken === undefined) return lapsed === undefined ? { is: 'nobody' } : { is: 'lapsed', ...lapsed };
  const { by, second } = taken;
  if (state === 'raised') return { is: 'half-held', by };
  if (expiresAt !== undefined && hasLapsed({ state, expiresAt }, now)) {
    return { is: 'lapsed', had: second === undefined ? [by] : [by, second], at: expiresAt };
  }
  return { is: 'held', by, second };
}

/** An acknowledgement whose time has run out, whether or not it is back on the ladder yet. */
export const hasLapsed = (
  { state, expiresAt }: Pick<Stand, 'expiresAt'> & { readonly state: EscalationState },
  now: Date,
): boolean => state === 'acknowledged' && expiresAt !== undefined && expiresAt <= now;

export const isHeld = (opening: Opening, now: Date): boolean => holdingOf(opening, now).is === 'held';

/** How an open escalation concerns the people of a list. */
export type Tie =
  /** One of them answers for it. */
  | 'accountable'
  /** One of them was told of it, and somebody must take it. */
  | 'told'
  /** It is about a client of theirs: to know of, while it is with others. */
  | 'to-watch';

/**
 * One human is accountable; until somebody has taken it, it waits on everybody who was told of it besides; and a
 * client's own coordinator knows of it as long as it is open. Undefined: it concerns none of them.
 */
export function tieOf(opening: Opening, people: ReadonlySet<string>, now: Date): Tie | undefined {
  const holding = holdingOf(opening, now);
  if (people.has(opening.owner.id)) return 'accountable';
  const first = holding.is === 'half-held' ? holding.by.id : undefined;
  if (holding.is !== 'held' && opening.told.some((person) => person !== first && people.has(person))) return 'told';
  const coordinator = opening.client?.coordinator;
  if (coordinator !== undefined && people.has(coordinator)) return 'to-watch';
  return first !== undefined && people.has(first) ? 'to-watch' : undefined;
}

/** What gives it its place in every list. In a crisis a client's usual tier says too little. */
export const tierOf = ({ severity, client }: Pick<Opening, 'severity' | 'client'>): string =>
  severity === 'crisis' ? 'high' : (client?.tier ?? 'medium');

/** When it is due: as long as it is open, now; before its ladder begins, then. */
export const momentOf = ({ state, step, nextAt }: Opening, now: Date): Date =>
  state === 'raised' && step === 0 && nextAt > now ? nextAt : now;

/** Stands where a code stands, of whoever is in no list. */
const unlisted = 'Not in the list';
export const codeOfOpening = ({
  client,
  unknownCode,
}: {
  readonly client: { readonly code: string } | undefined;
  readonly unknownCode: string | undefined;
}): string => client?.code ?? unknownCode ?? unlisted;

/** Its place among all that waits. */
export const attentionOf = (opening: Opening): Attention => ({
  id: opening.id,
  severity: opening.severity,
  clinical: true,
  tier: tierOf(opening),
  since: opening.raisedAt,
  // What is open stands by how long it has been.
  dueOn: '',
  code: codeOfOpening(opening),
});
export const inOrder = (open: readonly Opening[]): readonly Opening[] =>
  [...open].sort((a, b) => compareAttention(attentionOf(a), attentionOf(b)));

export const severityOf = (text: string): Severity => severitySchema.parse(text);
