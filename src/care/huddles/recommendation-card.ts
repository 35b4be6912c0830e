import { isSelf } from '../../access/actor.ts';
import type { Button, Card, Span } from '../../chat/card.ts';
import { allows } from '../../access/policy.ts';
import type { Work } from '../../feature/feature.ts';
import { localDate } from '../../calendar/zones.ts';
import { formatDay } from '../../calendar/local-dates.ts';
import { Refusal } from '../../chat/refusal.ts';
import { clientSpans } from '../clients/cards.ts';
import { findClientsOf, type Client } from '../clients/find-allowed-client.ts';
import { relationTo } from '../clients/rules.ts';
import { noteCard, readNoteButton, recordNoteRead, wordsStand } from '../clients/typed-words.ts';
import { recommendationCardKind, recommendationNoteKind } from './card-kinds.ts';
import { answerLabels, describeDecline, describeRecommendation, notListed } from './huddle-words.ts';
import { readRecommendations, type Recommendation } from './outcome-records.ts';

interface SeenRecommendation {
  readonly found: Recommendation;
  readonly client: Client | undefined;
  readonly sees: boolean;
  readonly mine: boolean;
}

async function findSeen(work: Work, id: string): Promise<SeenRecommendation> {
  const [found] = await readRecommendations(work.tx, { ids: [id] }, true);
  const client =
    found?.client === undefined ? undefined : (await findClientsOf(work, [found.client])).get(found.client);
  const sees = client !== undefined && allows(work.actor, 'client.see', relationTo(work.actor, client));
  const mine = isSelf(work.actor, found?.to?.id);
  if (found === undefined || work.audience !== 'person' || !(mine || sees || isSelf(work.actor, found.madeBy))) {
    throw new Refusal('not-allowed', 'That recommendation is not among yours.', { denial: true });
  }
  return { found, client, sees, mine };
}

/** Words are for whom it waits, and for who may see the client. */
const readable = ({ found, sees, mine }: SeenRecommendation): string | undefined =>
  sees || mine ? found.words : undefined;

const name = ({ found, client, sees }: SeenRecommendation, work: Work): Span[] =>
  sees && client !== undefined ? clientSpans(client, work.privacy) : [{ bold: found.code ?? notListed }];

/** The same as somebody opens it; that they read its words is on record. */
export async function openRecommendation(work: Work, id: string): Promise<Card> {
  const seen = await findSeen(work, id);
  if (readable(seen) !== undefined) await recordRead(work, seen);
  return recommendationCard(work, seen, true);
}

/** The words, for one person, on record. */
export async function readRecommendationNote(work: Work, id: string): Promise<Card> {
  const seen = await findSeen(work, id);
  const words = readable(seen);
  if (words === undefined) {
    throw new Refusal('not-allowed', 'There is nothing written in it for you to read.', { denial: true });
  }
  await recordRead(work, seen);
  const code = seen.found.code ?? notListed;
  return noteCard({ kind: recommendationNoteKind, subject: id, about: name(seen, work), code, lines: [words] });
}

const recordRead = (work: Work, { found }: SeenRecommendation): Promise<void> =>
  recordNoteRead(work, { kind: 'recommendation', id: found.id, code: found.code });

/** A recommendation, privately: for whom it waits with the two answers, for the others with how it stands. */
export async function drawRecommendation(work: Work, id: string): Promise<Card> {
  return recommendationCard(work, await findSeen(work, id), false);
}

function recommendationCard(work: Work, seen: SeenRecommendation, opened: boolean): Card {
  const { found, client, sees, mine } = seen;
  const { id, kind, state, reason, to, madeByName, dueOn, version } = found;
  const words = readable(seen);
  const stand = wordsStand(work.privacy, opened);
  const today = localDate(work.now, work.actor.zone);
  const standing = reason === undefined ? answerLabels[state] : `${answerLabels[state]}: ${describeDecline(reason)}`;
  const buttons: Button[] =
    mine && state === 'open'
      ? [
          { action: 'huddles.accept', label: 'Accept', subject: id, version, style: 'primary' },
          { action: 'huddles.decline', label: 'Decline…', subject: id, version, opensForm: true },
        ]
      : [];
  if (words !== undefined && !stand) buttons.push(readNoteButton('huddles.read-recommendation', id));
  const show: Button[] =
    sees && client !== undefined ? [{ action: 'clients.show', label: 'Show the client', subject: client.id }] : [];
  return {
    kind: recommendationCardKind,
    subject: id,
    summary: `A recommendation for ${found.code ?? notListed}: ${answerLabels[state]}.`,
    nodes: [
      {
        kind: 'text',
        text: ['Recommended: ', ...name(seen, work), ` · ${describeRecommendation(kind)}`],
      },
      ...(words === undefined || !stand ? [] : [{ kind: 'text' as const, text: words }]),
      {
        kind: 'facts',
        facts: [
          { label: 'By', value: madeByName },
          ...(to === undefined ? [] : [{ label: 'For', value: to.name }]),
          { label: 'State', value: standing },
          ...(dueOn === undefined || state !== 'open' ? [] : [{ label: 'Answer by', value: formatDay(dueOn, today) }]),
        ],
      },
      ...(buttons.length + show.length === 0 ? [] : [{ kind: 'buttons' as const, buttons: [...buttons, ...show] }]),
    ],
  };
}
