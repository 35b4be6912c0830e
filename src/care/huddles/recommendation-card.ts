import type { Button, Card } from '../../chat/card.ts';
import { allows } from '../../access/policy.ts';
import type { Ask } from '../../chat/feature.ts';
import { formatDay, localDate } from '../../chat/local-date.ts';
import { Refusal } from '../../chat/refusal.ts';
import { clientSpans } from '../clients/cards.ts';
import { findClientsOf } from '../clients/find-allowed-client.ts';
import { relationTo } from '../clients/rules.ts';
import { recommendationCardKind } from './card-kinds.ts';
import { answerLabels, describeDecline, describeRecommendation, notListed } from './huddle-words.ts';
import { readRecommendations } from './outcome-records.ts';

/** A recommendation, privately: for whom it waits with the two answers, for the others with how it stands. */
export async function drawRecommendation(ask: Ask, id: string): Promise<Card> {
  const [found] = await readRecommendations(ask.tx, { ids: [id] }, true);
  const client = found?.client === undefined ? undefined : (await findClientsOf(ask, [found.client])).get(found.client);
  const sees = client !== undefined && allows(ask.actor, 'client.see', relationTo(ask.actor, client));
  const mine = found?.to?.id === ask.actor.person;
  if (found === undefined || ask.audience !== 'person' || !(mine || sees || found.madeBy === ask.actor.person)) {
    throw new Refusal('not-allowed', 'That recommendation is not among yours.', { denial: true });
  }
  const { kind, words, state, reason, to, madeByName, dueOn, version } = found;
  const today = localDate(ask.now, ask.actor.zone);
  const standing = reason === undefined ? answerLabels[state] : `${answerLabels[state]}: ${describeDecline(reason)}`;
  const buttons: Button[] =
    mine && state === 'open'
      ? [
          { action: 'huddles.accept', label: 'Accept', subject: id, version, style: 'primary' },
          { action: 'huddles.decline', label: 'Decline…', subject: id, version, opensForm: true },
        ]
      : [];
  const show: Button[] = sees ? [{ action: 'clients.show', label: 'Show the client', subject: client.id }] : [];
  return {
    kind: recommendationCardKind,
    subject: id,
    summary: `A recommendation for ${found.code ?? notListed}: ${answerLabels[state]}.`,
    nodes: [
      {
        kind: 'text',
        text: [
          'Recommended: ',
          ...(sees ? clientSpans(client, ask.privacy) : [{ bold: found.code ?? notListed }]),
          ` · ${describeRecommendation(kind)}`,
        ],
      },
      ...(words === undefined || !(sees || mine) ? [] : [{ kind: 'text' as const, text: words }]),
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
