import {
  futureDateKind,
  makeClientCodeKind,
  minutesKind,
  oneOfKind,
  pastDateKind,
  userKind,
} from '../../src/chat/argument-kinds.ts';
import type { Reading } from '../../src/chat/command.ts';
import { parseCommand } from '../../src/chat/parse-command.ts';
import { tokeniseCommand } from '../../src/chat/tokenise-command.ts';
import { weekdayOf } from '../../src/calendar/local-dates.ts';

/** Codes whose check character is right, in these tests. `PETE-R` is one that is also a name. */
const validCodes = new Set(['K7T2-9', 'M4XR-1', 'P0Q8-7', '4821-7', 'PETE-R', '15HR-S']);
export const clientKind = makeClientCodeKind((code) => validCodes.has(code));

/** A command table shaped like `log`, with a person as well. */
export const logArguments = {
  client: { kind: clientKind, hint: 'whom it was about' },
  mode: {
    kind: oneOfKind('mode', ['phone', 'video', 'visit', 'text', 'email', 'letter', 'collateral', 'review'], {
      call: 'phone',
    }),
    hint: 'how',
  },
  outcome: {
    kind: oneOfKind(
      'outcome',
      ['reached', 'left-message', 'no-answer', 'no-show', 'cancelled', 'refused', 'wrong-number'],
      { vm: 'left-message' },
    ),
    hint: 'what came of it',
  },
  minutes: { kind: minutesKind, hint: '15m or 1h15', optional: true },
  followUp: { kind: futureDateKind, after: ['fu', 'next'], hint: 'fri, +3d or 2026-12-03', optional: true },
  occurred: { kind: pastDateKind, after: ['on'], hint: 'yesterday or 2026-11-20', optional: true },
  with: { kind: userKind, after: ['with'], many: true, hint: 'colleagues', optional: true },
} as const;

const worked = (day: string): boolean => weekdayOf(day) !== 'sat' && weekdayOf(day) !== 'sun';

/** Wednesday 25 November 2026, Monday to Friday, date order unknown. */
export const aReading = (changes: Partial<Reading> = {}): Reading => ({
  today: '2026-11-25',
  isWorkingDay: worked,
  ...changes,
});

export const parseLog = (text: string, reading: Reading = aReading()) =>
  parseCommand(tokeniseCommand(text), logArguments, reading);
