import type { Actor } from '../access/actor.ts';
import type { Platform } from '../platform.ts';
import type { OrganisationPrivacy } from '../access/records.ts';
import type { FileSettings } from '../access/file-settings.ts';
import type { Role } from '../access/roles.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';
import type { AgendaItem, AgendaPart, AgendaQuery, AgendaReasons } from './agenda.ts';
import type { OpenSeverity } from './attention-order.ts';
import type { Button, Card, Node } from '../chat/card.ts';
import type { Arguments, CommandWords, Reading, Values } from '../chat/command.ts';
import type { Form, FormValues, FoundOptions } from '../chat/form.ts';
import type { Inbound } from '../chat/inbound.ts';
import type { Due, DueBeginning, DueItem, DueQuery } from './due.ts';
import type { Export } from './exports.ts';
import type { CardTraits, HouseCards } from './house-cards.ts';
import type { Pager } from './pager.ts';
import type { Reply } from '../chat/reply.ts';
import type { ScheduleKind } from './schedules.ts';

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
  /** Where it was asked, and for a card where it is read; undefined for what no platform had a part in. */
  readonly platform: Platform | undefined;
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
  /** Brings schedules in line with the times that were just chosen. */
  reschedule(): Promise<void>;
  /** Tells other nouns, inside this transaction. */
  publish<E extends keyof Events>(event: E, body: Events[E]): Promise<void>;
  /** Draws a registered card again from the database. */
  draw(kind: string, subject: string): Promise<Card>;
  /** What all nouns have to say about a subject, e.g. on a client's card, in the order of the features. */
  gather(slot: Slot, subject: string): Promise<readonly Contribution[]>;
  /** What is open about these clients and stands beside whatever is said of them, the gravest of each. */
  marks(clients: readonly string[]): Promise<ReadonlyMap<string, ClientMark>>;
  /** What is due, of all nouns. */
  due(query: DueQuery): Promise<Due>;
  /** What a team should speak about, of all nouns, unsorted. */
  agenda(query: AgendaQuery): Promise<readonly AgendaItem[]>;
  /** How the coded reasons of all nouns are said. */
  readonly agendaReasons: AgendaReasons;
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
    readonly platform: Platform;
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
  /** Cards that can be posted: drawn from their subject at the moment of sending, and again whenever it changes. */
  readonly cards?: Readonly<Record<string, (work: Work, subject: string) => Promise<Card>>>;
  /** What holds of its cards wherever they are posted, by kind. */
  readonly cardTraits?: Readonly<Record<string, CardTraits>>;
  /** Cards of its own by which the house speaks. */
  readonly houseCards?: Partial<HouseCards>;
  /**
   * Cards that are only ever a private answer: drawn again from their subject when one of their pages is turned, by the
   * rights of who turns it, and on record as they were the first time.
   */
  readonly answers?: Readonly<Record<string, (work: Work, subject: string) => Promise<Card>>>;
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
  /**
   * What of this noun can be due: one registry, no switch statement anywhere. A noun of which a person may have thousands
   * answers a query for the `most` with where each begins; only one whose things are due by their day alone: on no clinical
   * clock, in no `section`, waiting on nobody else.
   */
  readonly due?: (work: Work, query: DueQuery) => Promise<readonly DueItem[] | DueBeginning>;
  /** What of this noun a team's meeting should speak about. */
  readonly agenda?: AgendaPart;
  /** What happens at local times, by the schedule's kind. */
  readonly schedules?: Readonly<Record<string, ScheduleKind>>;
  /**
   * What happens when a moment set by `work.wake` has come. `dueAt` is that moment, which a late service has left behind:
   * a ladder goes on from it step by step, so that downtime leaves none out. The timer is gone by then; wake again.
   */
  readonly timers?: Readonly<
    Record<string, (work: Work, turn: { readonly subject: string; readonly dueAt: Date }) => Promise<void>>
  >;
  /** What an administrator writes of this noun in the organisation file. */
  readonly settings?: Partial<FileSettings>;
  /** What of this noun is exported, by the name used on the command line. */
  readonly exports?: Readonly<Record<string, Export>>;
}

/**
 * Keeps a command's argument types while storing it in a plain table: the only caller of `run` hands it the values
 * that `parseCommand` read by this same command's arguments.
 */
export function command<const A extends Arguments>(definition: Command<A>): Command {
  return definition;
}
