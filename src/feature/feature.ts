import type { Actor } from '../access/actor.ts';
import type { OrganisationPrivacy } from '../access/records.ts';
import type { Role } from '../access/roles.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';
import type { AgendaItem, AgendaQuery } from './agenda.ts';
import type { OpenSeverity } from './attention-order.ts';
import type { Button, Card, Node } from '../chat/card.ts';
import type { Arguments, CommandWords, Reading, Values } from '../chat/command.ts';
import type { Form, FormValues, FoundOptions } from '../chat/form.ts';
import type { Inbound } from '../chat/inbound.ts';
import type { Pager } from './pager.ts';
import type { Reply } from '../chat/reply.ts';

/** Somebody must be told. Written in the transaction of the change; sent later, once, or visibly parked. */
export interface Post {
  /** Makes it once: the same key twice is one post. */
  readonly key: string;
  readonly to: { readonly person: string } | { readonly team: string };
  /** The card (a name in the feature table) and the subject it is drawn from, at the moment of sending. */
  readonly kind: string;
  readonly subject: string;
  readonly priority: 'escalation' | 'answer' | 'digest';
  /** Posts of one series replace each other: when this one is out, copies of earlier ones go. */
  readonly series?: string;
  /**
   * Key of another post to the same team: this one stands in its thread, and comes after it. Where a place has no
   * threads, or that message is not there, it stands in the place itself.
   */
  readonly under?: string;
  readonly notBefore?: Date;
  /**
   * It waits for no courtesy (quiet hours, throttle, bundle): who is told waits for it at this moment. Set by itself
   * where people tell themselves.
   */
  readonly atOnce?: boolean;
}

/** Everything a use case may know about who asks, from where and when. One a request; the transaction is part of it. */
export interface Work {
  readonly tx: OrganisationTransaction;
  readonly actor: Actor;
  readonly now: Date;
  readonly reading: Reading;
  /** What cards may show, the stricter of the organisation's choice and the installation's. */
  readonly privacy: OrganisationPrivacy;
  readonly platform: Inbound['platform'];
  readonly place: Inbound['place'];
  /** Who will read what is drawn: one person, or a place that several people read (codes only, no actor's rights). */
  readonly audience: 'person' | 'place';
  /** Tells somebody, by a card that then follows its subject. */
  post(post: Post): Promise<void>;
  /** Rings people up beside the chat; undefined where no gateway is set. */
  readonly pager: Pager | undefined;
  /** Every posted copy of this card is drawn again, on both platforms. */
  refresh(kind: string, subject: string): Promise<void>;
  /**
   * Has the noun look at a subject again at a moment, by the timer of this kind; `undefined` = no more. One a kind and
   * subject: a later call moves it.
   */
  wake(kind: string, subject: string, at: Date | undefined): Promise<void>;
  /** Brings schedules in line with the times that were just chosen; who has a digest of their own, by role. */
  reschedule(digestRoles: readonly string[]): Promise<void>;
  /** Tells other nouns, inside this transaction. */
  publish<E extends keyof Events>(event: E, body: Events[E]): Promise<void>;
  /** Draws a registered card again from the database. */
  draw(kind: string, subject: string): Promise<Card>;
  /** What all nouns have to say about a subject, e.g. on a client's card, in the order of the features. */
  gather(slot: Slot, subject: string): Promise<readonly Contribution[]>;
  /** What is open about these clients and stands beside whatever is said of them, the gravest of each. */
  marks(clients: readonly string[]): Promise<ReadonlyMap<string, ClientMark>>;
  /** What is due, of all nouns, unsorted. */
  due(query: DueQuery): Promise<readonly DueItem[]>;
  /** Where each person begins; `inFull`: what is due of nouns that are not asked for less, unsorted. */
  dueFirst(query: DueFirstQuery): Promise<DueFirst & { readonly inFull: readonly DueItem[] }>;
  /** What a team should speak about, of all nouns, unsorted. */
  agenda(query: AgendaQuery): Promise<readonly AgendaItem[]>;
  /** Stores a form session and gives the form its id; `context` comes back with the submission. */
  openForm(kind: string, context?: Readonly<Record<string, unknown>>): Promise<Form>;
}

/** Places where nouns add to what another noun shows: a new noun appears there without touching an old file. */
export type Slot = 'client-card' | 'home';

/** Something grave that is open about a client, in words for who asks: `CRISIS · open 12 min · nobody has it`. */
export interface ClientMark {
  readonly severity: OpenSeverity;
  readonly open: string;
}

/**
 * Something one named person must act on by a time: digests, huddles and `next` read what all nouns contribute, in the
 * order of `attention-order.ts`.
 */
export interface DueItem {
  /** Noun and id of the thing: `referral:<id>`. */
  readonly id: string;
  /** The one human who is accountable, even on the list of somebody who was only told of it. */
  readonly owner: string;
  /** Their name, where a list may not know them. */
  readonly ownerName?: string;
  readonly client: string;
  readonly code: string;
  /** Absent where the query named one and the noun asked for that one's alone. */
  readonly team?: string;
  /** Local date. */
  readonly dueOn: string;
  readonly tier: string;
  /** Of something that somebody called grave and that is open, with what stands in its row: see `ClientMark`. */
  readonly severity?: OpenSeverity;
  readonly open?: string;
  /** Since when it is open. */
  readonly since?: Date;
  /** What must be done, in a few words: `accept or decline a referral`. */
  readonly what: string;
  /** True when the owner waits for somebody else's step. */
  readonly waitingOnOthers: boolean;
  /**
   * What it is besides something due by a day: somebody waits for this owner's answer; a named person has to take it,
   * and has not; or something runs out on that day.
   */
  readonly section?: 'waiting-on-me' | 'unacknowledged' | 'expiring';
  /** It runs on a clinical clock: its day never moves, whoever is off. */
  readonly clinical?: boolean;
  readonly buttons: readonly Button[];
}
export interface DueQuery {
  readonly people: readonly string[];
  /** Only what is about clients of this team; absent = of all. */
  readonly team?: string;
  /** Local date: due on or before it. */
  readonly until: string;
}

/** Where each person begins: for who shows a few of what may be thousands. */
export interface DueFirstQuery {
  readonly people: readonly string[];
  /** Only what is about clients of this team; absent = of all. */
  readonly team?: string;
  /** Local date: what is due on or before it is counted. */
  readonly today: string;
  /** Local date: how far ahead is looked for the next thing. */
  readonly until: string;
  /** So many of each person, those to act on first. */
  readonly most: number;
  /**
   * The day on which something of this day is due for its owner, who may have days off. Never earlier, and what is later
   * stays later or falls on the same day.
   */
  dayFor(owner: string, dueOn: string): string;
}

/** Without the client's team: to show where to begin, nobody needs it. */
export type FirstDueItem = Omit<DueItem, 'team'>;
/** All days are as they stand, before `dayFor` moves them. */
export interface DueFirst {
  /** How many of each person are due on each day up to today. */
  readonly counts: readonly { readonly owner: string; readonly dueOn: string; readonly count: number }[];
  /**
   * Each person's first ones are among these, unsorted: of what is due today at the latest, by the higher tier, then the
   * day `dayFor` gives, the code and the id.
   */
  readonly first: readonly FirstDueItem[];
  /** For each person, the first day after today on which something is due. */
  readonly next: readonly { readonly owner: string; readonly dueOn: string }[];
}
export interface Contribution {
  readonly facts?: readonly { readonly label: string; readonly value: string }[];
  readonly buttons?: readonly Button[];
  readonly nodes?: readonly Node[];
}

/** Domain events by name; each noun adds its own by declaration merging in its `events.ts`. */
export interface Events {
  /**
   * What is due changed, for a client of this team and for these people, before or after: whatever shows it is drawn
   * again. Every noun with a `due` publishes it.
   */
  'due.changed': { readonly team: string; readonly people: readonly string[] };
  /** Somebody of a platform, known here or not, was refused something that matters to security: on record already. */
  'access.denied': {
    readonly platform: 'slack' | 'teams';
    readonly workspace: string;
    readonly user: string;
  };
  /**
   * A person does not work here any more, from this moment. `heir` is the human who answers for everything of theirs:
   * every noun in which somebody can be accountable hands it over in this same transaction.
   */
  'person.left': { readonly person: string; readonly heir: string };
}

export interface Command<A extends Arguments = Arguments> extends CommandWords<A> {
  readonly roles: readonly Role[];
  run(work: Work, values: Values<A>): Promise<Reply>;
  /** Buttons beside a sentence that refuses a client's code: the search. */
  readonly offers?: readonly Button[];
  /** What to do when a word looks like a client's name: opens the picker, with what else was understood. */
  withoutClient?(work: Work, values: Values<A>): Promise<Reply>;
}

export interface Press {
  readonly subject: string | undefined;
  readonly version: number | undefined;
  readonly choice: string | undefined;
}

export interface FormHandler {
  /** Draws the form; `context` is what `openForm` was given. */
  draw(work: Work, context: Readonly<Record<string, unknown>>): Promise<Omit<Form, 'kind' | 'session'>>;
  submit(work: Work, values: FormValues, context: Readonly<Record<string, unknown>>): Promise<Reply>;
}

/** One noun's table. A new noun touches no old file but the list in `app.ts`. */
export interface Feature {
  readonly noun: string;
  /**
   * Somebody waits for help: its commands neither count against how many a person may type at a stroke nor are held up by
   * it, and for these, its buttons, forms and timers connections are kept free when everybody else is turned away.
   */
  readonly unlimited?: true;
  readonly commands?: readonly Command[];
  readonly buttons?: Readonly<Record<string, (work: Work, press: Press) => Promise<Reply>>>;
  readonly forms?: Readonly<Record<string, FormHandler>>;
  /** Cards that can be drawn again from their subject. */
  readonly cards?: Readonly<Record<string, (work: Work, subject: string) => Promise<Card>>>;
  /**
   * What a person is told privately after putting an emoji on a posted card, by the card's kind. An emoji never acts:
   * these read and change nothing, and a repetition is answered anew.
   */
  readonly reactions?: Readonly<Record<string, (work: Work, subject: string) => Promise<Reply>>>;
  readonly searches?: Readonly<Record<string, (work: Work, query: string) => Promise<FoundOptions>>>;
  readonly on?: { readonly [E in keyof Events]?: (work: Work, body: Events[E]) => Promise<void> };
  readonly contributes?: { readonly [S in Slot]?: (work: Work, subject: string) => Promise<Contribution> };
  /** What of this noun is so grave, while it is open about a client, that every row about them says it. */
  readonly marks?: (work: Work, clients: readonly string[]) => Promise<ReadonlyMap<string, ClientMark>>;
  /** What of this noun can be due: one registry, no switch statement anywhere. */
  readonly due?: (work: Work, query: DueQuery) => Promise<readonly DueItem[]>;
  /**
   * The same asked for less, for a noun of which a person may have thousands: exact counts and the first few. Only where
   * everything the noun has is due by its day alone: on no clinical clock, in no `section`, waiting on nobody else.
   */
  readonly dueFirst?: (work: Work, query: DueFirstQuery) => Promise<DueFirst>;
  /** What of this noun a team's meeting should speak about. Asked by nobody's rights: the team is the query's. */
  readonly agenda?: (work: Work, query: AgendaQuery) => Promise<readonly AgendaItem[]>;
  /** What happens at scheduled local times, by the schedule's kind. `owner` is a team's or person's id. */
  readonly schedules?: Readonly<
    Record<string, (work: Work, turn: { readonly owner: string; readonly localDate: string }) => Promise<void>>
  >;
  /**
   * What happens when a moment set by `work.wake` has come. `dueAt` is that moment, which a late service has left behind:
   * a ladder goes on from it step by step, so that downtime leaves none out. The timer is gone by then; wake again.
   */
  readonly timers?: Readonly<
    Record<string, (work: Work, turn: { readonly subject: string; readonly dueAt: Date }) => Promise<void>>
  >;
  /** What of this noun is exported, by the name used on the command line. */
  readonly exports?: Readonly<
    Record<string, (tx: OrganisationTransaction, range: ExportRange) => Promise<ExportTable>>
  >;
}

export interface ExportRange {
  /** Local dates, inclusive, in UTC. */
  readonly from?: string;
  readonly to?: string;
}
export type ExportTable = readonly Readonly<Record<string, unknown>>[];

/**
 * Keeps a command's argument types while storing it in a plain table: the only caller of `run` hands it the values
 * that `parseCommand` read by this same command's arguments.
 */
export function command<const A extends Arguments>(definition: Command<A>): Command {
  return definition;
}
