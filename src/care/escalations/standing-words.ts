import { formatAge } from '../../chat/format-age.ts';
import { formatMoment, type Reader } from './describe-escalation.ts';
import type { Named } from './records.ts';
import type { Severity } from './rules.ts';
import { holdingOf, type Opening, type Stand } from './standing.ts';

/** How a severity reads in a row: what may not be overlooked is written large, and never by colour alone. */
const called: Readonly<Record<Severity, string>> = { crisis: 'CRISIS', urgent: 'urgent', concern: 'concern' };

type For = Pick<Reader, 'now' | 'zone' | 'person'>;
const nameFor = ({ id, name }: Named, reader: For): string => (id === reader.person ? 'you' : name);
const has = (who: string): string => (who === 'you' ? 'you have' : `${who} has`);
const whose = (who: string): string => (who === 'you' ? 'your' : `${who}’s`);

/** `nobody has it`, `Dana Whitfield has it`, `lapsed: Dana Whitfield’s hold ended 11:10, nobody has it` */
export function describeHolding(opening: Stand, reader: For): string {
  const holding = holdingOf(opening, reader.now);
  switch (holding.is) {
    case 'nobody':
      return 'nobody has it';
    case 'in-hand': {
      const who = nameFor(holding.by, reader);
      const holds = who === 'you' ? 'you are holding' : `${who} is holding`;
      return `${holds} it until ${formatMoment(holding.until, reader)} · not taken`;
    }
    case 'held': {
      const { by, second } = holding;
      const too = second === undefined ? '' : `, and ${nameFor(second, reader)} too`;
      return `${has(nameFor(by, reader))} it${too}`;
    }
    case 'half-held':
      return `${has(nameFor(holding.by, reader))} it, a second person is needed`;
    case 'lapsed': {
      const ended = `hold ended ${formatMoment(holding.at, reader)}`;
      // Whoever had it last: a row is short.
      const last = holding.had.at(-1);
      return `lapsed: ${last === undefined ? `the ${ended}` : `${whose(nameFor(last, reader))} ${ended}`}, nobody has it`;
    }
  }
}

/** What every row about it says, at this moment: `CRISIS · open 12 min · nobody has it`. */
export const describeOpening = (opening: Pick<Opening, 'severity' | 'raisedAt'> & Stand, reader: For): string =>
  `${called[opening.severity]} · open ${formatAge(opening.raisedAt, reader.now)} · ${describeHolding(opening, reader)}`;
