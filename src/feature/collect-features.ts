import type { AgendaPart, AgendaReasons } from './agenda.ts';
import type { FileSettings } from '../access/file-settings.ts';
import type { Export } from './exports.ts';
import type { Command, Contribution, Events, Feature, FormHandler, Slot } from './feature.ts';
import type { CardTraits } from './house-cards.ts';
import type { ScheduleKinds } from './schedules.ts';

type ButtonHandler = NonNullable<Feature['buttons']>[string];
type CardDrawer = NonNullable<Feature['cards']>[string];
type Reaction = NonNullable<Feature['reactions']>[string];
type Search = NonNullable<Feature['searches']>[string];
type Contributor = (work: Parameters<ButtonHandler>[0], subject: string) => Promise<Contribution>;
type Listener = (work: Parameters<ButtonHandler>[0], body: unknown) => Promise<void>;

/** All nouns' tables as one: what the dispatcher, the help and the command line read. */
export interface CollectedFeatures {
  readonly commands: readonly Command[];
  readonly buttons: ReadonlyMap<string, ButtonHandler>;
  readonly forms: ReadonlyMap<string, FormHandler>;
  /** What can be posted. */
  readonly cards: ReadonlyMap<string, CardDrawer>;
  readonly cardTraits: ReadonlyMap<string, CardTraits>;
  /** What is only ever a private answer. */
  readonly answers: ReadonlyMap<string, CardDrawer>;
  readonly reactions: ReadonlyMap<string, Reaction>;
  readonly searches: ReadonlyMap<string, Search>;
  readonly exports: ReadonlyMap<string, Export>;
  readonly contributions: ReadonlyMap<Slot, readonly Contributor[]>;
  readonly marks: readonly NonNullable<Feature['marks']>[];
  readonly due: readonly NonNullable<Feature['due']>[];
  readonly agenda: readonly AgendaPart[];
  readonly agendaReasons: AgendaReasons;
  readonly schedules: ScheduleKinds;
  /** How the organisation file is written. */
  readonly settings: FileSettings;
  readonly timers: ReadonlyMap<string, NonNullable<Feature['timers']>[string]>;
  readonly listeners: ReadonlyMap<keyof Events, readonly Listener[]>;
  /** What nothing may hold up, by name: it counts against no limit, and connections are kept free for it. */
  readonly unlimited: Readonly<Record<'commands' | 'buttons' | 'forms' | 'timers', ReadonlySet<string>>>;
}

/** Collects the tables; two nouns claiming one name is a mistake of ours and throws at start. */
export function collectFeatures(features: readonly Feature[]): CollectedFeatures {
  const listeners = new Map<keyof Events, Listener[]>();
  for (const feature of features) {
    for (const [event, listener] of Object.entries(feature.on ?? {})) {
      // The table's own type ties each event to its body; Object.entries forgets that tie.
      const known = listeners.get(event as keyof Events) ?? [];
      known.push(listener as Listener);
      listeners.set(event as keyof Events, known);
    }
  }
  const settingsOf = (where: keyof FileSettings): FileSettings[typeof where] =>
    Object.fromEntries(merge(`setting of ${where}`, features, ({ settings }) => settings?.[where]));
  const commands = features.flatMap((feature) => feature.commands ?? []);
  refuseTwice(
    'command',
    commands.flatMap((one) => [one.name, ...(one.aliases ?? [])]),
  );
  refuseTwice(
    'card or answer',
    features.flatMap(({ cards, answers }) => [...Object.keys(cards ?? {}), ...Object.keys(answers ?? {})]),
  );
  return {
    commands,
    buttons: merge('button', features, (feature) => feature.buttons),
    forms: merge('form', features, (feature) => feature.forms),
    cards: merge('card', features, (feature) => feature.cards),
    cardTraits: merge('trait of a card', features, (feature) => feature.cardTraits),
    answers: merge('answer', features, (feature) => feature.answers),
    reactions: merge('reaction', features, (feature) => feature.reactions),
    searches: merge('search', features, (feature) => feature.searches),
    exports: merge('export', features, (feature) => feature.exports),
    marks: features.flatMap((feature) => feature.marks ?? []),
    due: features.flatMap((feature) => feature.due ?? []),
    agenda: features.flatMap((feature) => feature.agenda ?? []),
    agendaReasons: merge('reason of an agenda', features, (feature) => feature.agenda?.reasons),
    schedules: merge('schedule', features, (feature) => feature.schedules),
    settings: {
      organisation: settingsOf('organisation'),
      team: settingsOf('team'),
      schedules: settingsOf('schedules'),
    },
    timers: merge('timer', features, (feature) => feature.timers),
    contributions: collectContributions(features),
    listeners,
    unlimited: collectUnlimited(features.filter(({ unlimited }) => unlimited === true)),
  };
}

/** What draws a kind of card again, whether it can be posted or is only ever an answer. */
export const findDrawer = ({ cards, answers }: CollectedFeatures, kind: string): CardDrawer | undefined =>
  cards.get(kind) ?? answers.get(kind);

function collectUnlimited(features: readonly Feature[]): CollectedFeatures['unlimited'] {
  const namesIn = (pick: (feature: Feature) => object | undefined): ReadonlySet<string> =>
    new Set(features.flatMap((feature) => Object.keys(pick(feature) ?? {})));
  return {
    commands: new Set(features.flatMap(({ commands = [] }) => commands.map(({ name }) => name))),
    buttons: namesIn(({ buttons }) => buttons),
    forms: namesIn(({ forms }) => forms),
    timers: namesIn(({ timers }) => timers),
  };
}

function collectContributions(features: readonly Feature[]): ReadonlyMap<Slot, readonly Contributor[]> {
  const slots: readonly Slot[] = ['client-card', 'home'];
  return new Map(slots.map((slot) => [slot, features.flatMap((feature) => feature.contributes?.[slot] ?? [])]));
}

function merge<T>(
  what: string,
  features: readonly Feature[],
  pick: (feature: Feature) => Readonly<Record<string, T>> | undefined,
): ReadonlyMap<string, T> {
  const entries = features.flatMap((feature) => Object.entries(pick(feature) ?? {}));
  refuseTwice(
    what,
    entries.map(([name]) => name),
  );
  return new Map(entries);
}

function refuseTwice(what: string, names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`two features claim the ${what} ${twice}`);
}
