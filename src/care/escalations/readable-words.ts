import type { Span } from '../../chat/card.ts';
import { aboutNotSaid, describeReopening } from './escalation-words.ts';
import type { Escalation } from './records.ts';
import type { SeenEscalation } from './view-escalation.ts';

/** One thing somebody wrote in an escalation. */
export interface ReadableWords {
  readonly what: 'about' | 'note' | 'said';
  readonly by: string;
  readonly text: string;
  /** What stands before it; of words said later, when they were said is added by who draws them. */
  readonly label: string;
  readonly at: Date | undefined;
}

/** How many of the words said a card shows: the latest. */
const latestWords = 4;

function allWords({ note, about, unknownCode, raisedBy, events }: Escalation): readonly ReadableWords[] {
  const said = events.filter(({ words }) => words !== undefined).slice(-latestWords);
  const first = (what: 'about' | 'note', label: string, text: string | undefined): ReadableWords[] =>
    text === undefined ? [] : [{ what, by: raisedBy.id, text, label, at: undefined }];
  return [
    ...first('about', 'About', about === aboutNotSaid || unknownCode !== undefined ? undefined : about),
    ...first('note', 'Note', note),
    ...said.map(({ by, byName, at, act, detail, words }) => ({
      ...{ what: 'said' as const, by, at, text: words ?? '' },
      label: `${byName}${act === 'reopen' ? ` (${describeReopening(String(detail['reason']))})` : ''}`,
    })),
  ];
}

const of = (seen: Pick<SeenEscalation, 'escalation' | 'hand'>, whose: 'all' | 'own'): readonly ReadableWords[] =>
  allWords(seen.escalation).filter(({ by }) => whose === 'all' || by === seen.hand.person);

/** The words that stand on this card. */
export const readableWords = (seen: SeenEscalation): readonly ReadableWords[] =>
  seen.words === 'none' ? [] : of(seen, seen.words);

/** The words this reader may read by a tap. */
export const wordsToRead = (seen: SeenEscalation): readonly ReadableWords[] => of(seen, seen.access.words);

/** There are others' words that open only by breaking the glass. */
export const hasWordsToAskFor = (seen: SeenEscalation): boolean =>
  seen.access.asksForWords && of(seen, 'all').length > of(seen, 'own').length;

/** `Maya Torres, 14:21: …` */
export const spansOf = ({ label, at, text }: ReadableWords, format: (at: Date) => string): readonly Span[] => [
  { bold: `${label}${at === undefined ? '' : `, ${format(at)}`}: ` },
  text,
];
