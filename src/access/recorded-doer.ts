import {
  byCommandLine,
  byImport,
  byPerson,
  byPlatform,
  bySchedule,
  bySystem,
  type Doer,
  type Recorded,
} from '../doer.ts';
import { platforms, type Platform } from '../platform.ts';

const isPlatform = (text: string): text is Platform => platforms.some((one) => one === text);

/**
 * The text columns of who did something, which every version reads: a person's id, else a word. What a word alone cannot
 * tell stands in the facts beside it, see `actorFacts`.
 */
export function actorText(doer: Recorded): string {
  switch (doer.kind) {
    case 'person':
      return doer.person;
    case 'schedule':
      return 'schedule';
    case 'import':
      return doer.of === 'demo' ? 'demo' : 'cli';
    case 'command-line':
      return 'cli';
    case 'system':
      return doer.told ?? 'baton';
    case 'account':
      return `${doer.platform}:${doer.user}`;
  }
}

/** The words that no person stands for, as `actorText` writes them, and the empty one of older versions. */
const readWord: Readonly<Record<string, Doer>> = {
  '': bySchedule(''),
  schedule: bySchedule(''),
  demo: byImport('demo'),
  cli: byCommandLine,
  baton: bySystem,
  slack: byPlatform('slack'),
  teams: byPlatform('teams'),
};

/**
 * What the text leaves open, for the coded facts of the same row: that it was no person, and which schedule. Nothing for
 * a person, unless their id is one of those words.
 */
export function actorFacts(doer: Recorded): Readonly<Record<string, string>> {
  switch (doer.kind) {
    case 'account':
      return {};
    case 'person':
      return Object.hasOwn(readWord, doer.person) ? { actorKind: 'person' } : {};
    case 'schedule':
      return { actorKind: 'schedule', actorSchedule: doer.schedule };
    default:
      return { actorKind: doer.kind };
  }
}

/**
 * Who did it, from a row's text and facts. Rows of older versions have no such facts: there a word means what it meant,
 * an import being the command line's.
 */
export function readRecorded(text: string, facts: Readonly<Record<string, unknown>> = {}): Recorded {
  const kind = facts['actorKind'];
  if (kind === 'person') return byPerson(text);
  if (kind === 'import') return byImport(text === 'demo' ? 'demo' : 'file');
  const schedule = facts['actorSchedule'];
  if (kind === 'schedule') return bySchedule(typeof schedule === 'string' ? schedule : '');
  const word = Object.hasOwn(readWord, text) ? readWord[text] : undefined;
  if (word !== undefined) return word;
  const [platform = '', ...user] = text.split(':');
  // An id of a person has no colon.
  return user.length > 0 && isPlatform(platform) ? { kind: 'account', platform, user: user.join(':') } : byPerson(text);
}
