import { readWords, type Filled } from '../../feature/fields.ts';
import { sentenceCase } from '../../chat/sentence-case.ts';
import type { Card } from '../../chat/card.ts';
import type { Work, FormHandler } from '../../feature/feature.ts';
import type { Field, FormValues } from '../../chat/form.ts';
import { localDate } from '../../calendar/zones.ts';
import { formatDay } from '../../calendar/local-dates.ts';
import { answer } from '../../chat/reply.ts';
import { sentenceCard, SENTENCE_CARD } from '../../chat/sentence-card.ts';
import { clientSpans, clientText } from '../clients/cards.ts';
import { findAllowedClient, findClientsOf, type Client } from '../clients/find-allowed-client.ts';
import { relationTo } from '../clients/rules.ts';
import { allows } from '../../access/policy.ts';
import { answerRecommendation, findAnswerable } from './answer-recommendation.ts';
import { decide, listOwners } from './decide.ts';
import { nameItem } from './describe-item.ts';
import { findItem, takeHuddle } from './find-huddle.ts';
import {
  declineReasonSchema,
  decisionSchema,
  describeDecision,
  describeDecline,
  describeRecommendation,
  discussionReasonLabels,
  discussionReasonSchema,
  optionsOf,
  recommendationKindSchema,
} from './huddle-words.ts';
import { listAnswerers, recommend } from './recommend.ts';
import type { Huddle, Item } from './records.ts';
import { requestDiscussion } from './request-discussion.ts';
import type { HuddleAct } from './rules.ts';

const idOf = (context: Filled, name: string): string => readWords(context, name) ?? '';

/** A list a person still looks through. */
const mostOptions = 100;
const longestWords = 2000;
const wordsField = (label: string): Field => ({
  name: 'words',
  kind: 'long-text',
  label,
  hint: 'Kept encrypted; never shown in the team’s channel',
  maxLength: longestWords,
});
const peopleOptions = (people: readonly { id: string; name: string }[]): { value: string; label: string }[] =>
  people.slice(0, mostOptions).map(({ id, name }) => ({ value: id, label: name.slice(0, 75) }));

interface Scene {
  readonly huddle: Huddle;
  readonly item: Item;
  readonly client: Client | undefined;
}

/** What the form is about: the line its button stood beside, wherever the huddle is by now. */
async function findScene(work: Work, context: Filled, act: HuddleAct): Promise<Scene> {
  const huddle = await takeHuddle(work, { id: idOf(context, 'huddle') }, act);
  const item = findItem(huddle, idOf(context, 'item'));
  const client =
    item.client === undefined ? undefined : (await findClientsOf(work, [item.client.id])).get(item.client.id);
  return { huddle, item, client };
}

/** Two identifiers for who may see the client; the code for everybody else. */
function introOf(work: Work, { item, client }: Scene): string {
  const sees = client !== undefined && allows(work.actor, 'client.see', relationTo(work.actor, client));
  return `${sees ? clientText(client, work.privacy) : nameItem(item)}.`;
}

function doneCard(work: Work, client: Client | undefined, before: string, after: string): Card {
  if (client === undefined) return sentenceCard(`${before} ${after}.`);
  const spans = allows(work.actor, 'client.see', relationTo(work.actor, client))
    ? clientSpans(client, work.privacy)
    : [{ bold: client.code }];
  return {
    kind: SENTENCE_CARD,
    summary: `${before} for ${client.code}.`,
    nodes: [{ kind: 'text', text: [`${before}: `, ...spans, ` · ${after}`] }],
  };
}

export const decideForm: FormHandler = {
  async draw(work, context) {
    const scene = await findScene(work, context, 'decide');
    const { client } = scene;
    const owners = client === undefined ? await listAnyOwners(work, scene.huddle) : await listOwners(work, client);
    return {
      title: 'Decide',
      submit: 'Decide',
      intro: [introOf(work, scene), 'It becomes a follow-up of whoever you choose.'],
      fields: [
        ...(client === undefined
          ? [{ name: 'client', kind: 'client' as const, label: 'For which client', required: true }]
          : []),
        {
          name: 'what',
          kind: 'one-of',
          label: 'What',
          required: true,
          options: optionsOf(decisionSchema.options, describeDecision),
        },
        {
          name: 'owner',
          kind: 'one-of',
          label: 'Who',
          required: true,
          options: peopleOptions(owners),
          ...(owners[0] !== undefined && owners[0].id === client?.coordinator ? { initial: owners[0].id } : {}),
        },
        { name: 'due', kind: 'date', label: 'By', required: true },
        wordsField('In a few words'),
      ],
    };
  },
  async submit(work, values, context) {
    const { client, owner, dueOn } = await decide(work, {
      huddle: idOf(context, 'huddle'),
      item: idOf(context, 'item'),
      what: decisionSchema.parse(values['what']),
      words: readWords(values, 'words'),
      owner: String(values['owner']),
      dueOn: String(values['due']),
      client: readWords(values, 'client'),
    });
    const what = describeDecision(String(values['what']));
    const day = formatDay(dueOn, localDate(work.now, client.zone));
    return answer(doneCard(work, client, 'Decided', `${what}, ${owner.name}, by ${day}`));
  },
};

/** Without a client at hand: the colleagues of the team; whether they work with who is chosen is asked at the end. */
async function listAnyOwners(work: Work, huddle: Huddle): Promise<readonly { id: string; name: string }[]> {
  const nobody = { coordinator: undefined, team: huddle.team };
  // Only where somebody stands to the team matters here.
  return listOwners(work, nobody);
}

export const recommendForm: FormHandler = {
  async draw(work, context) {
    const scene = await findScene(work, context, 'recommend');
    return {
      title: 'Recommendation',
      submit: 'Save',
      intro: [introOf(work, scene)],
      fields: [
        {
          name: 'kind',
          kind: 'one-of',
          label: 'What is recommended',
          required: true,
          options: optionsOf(recommendationKindSchema.options, describeRecommendation),
        },
        {
          name: 'to',
          kind: 'one-of',
          label: 'Who answers it',
          hint: 'A prescriber or consultant who accepts or declines; leave empty when nobody needs to',
          options: peopleOptions(await listAnswerers(work, scene.huddle.team)),
        },
        wordsField('In a few words'),
      ],
    };
  },
  async submit(work, values, context) {
    const scene = await findScene(work, context, 'recommend');
    const kind = recommendationKindSchema.parse(values['kind']);
    const { to } = await recommend(work, {
      huddle: scene.huddle.id,
      item: scene.item.id,
      kind,
      words: readWords(values, 'words'),
      to: readWords(values, 'to'),
    });
    const asked = to === undefined ? '' : `, ${to.name} is asked`;
    return answer(doneCard(work, scene.client, 'Recommended', `${describeRecommendation(kind)}${asked}`));
  },
};

export const declineForm: FormHandler = {
  async draw(work, context) {
    const found = await findAnswerable(work, whichOf(context));
    return {
      title: 'Decline',
      submit: 'Decline',
      intro: [`${found.code ?? 'Recommendation'}: ${describeRecommendation(found.kind)}.`],
      fields: [
        {
          name: 'reason',
          kind: 'one-of',
          label: 'Why',
          required: true,
          options: optionsOf(declineReasonSchema.options, describeDecline),
        },
      ],
    };
  },
  async submit(work, values, context) {
    const reason = declineReasonSchema.parse(values['reason']);
    await answerRecommendation(work, whichOf(context), { state: 'declined', reason });
    return answer(sentenceCard(`Declined: ${describeDecline(reason)}.`));
  },
};

const whichOf = (context: Filled): { id: string; version: number | undefined } => ({
  id: idOf(context, 'recommendation'),
  version: typeof context['version'] === 'number' ? context['version'] : undefined,
});

export const requestForm: FormHandler = {
  async draw(work, context) {
    const client = await findAllowedClient(work, 'discussion.request', { id: idOf(context, 'client') });
    return {
      title: 'Request discussion',
      submit: 'Request',
      intro: [`${clientText(client, work.privacy)}. It stands on the agenda of the next huddle.`],
      fields: [
        {
          name: 'reason',
          kind: 'one-of',
          label: 'Why',
          required: true,
          options: discussionReasonSchema.options.map((value) => ({
            value,
            label: sentenceCase(discussionReasonLabels[value]),
          })),
        },
        wordsField('In a few words'),
      ],
    };
  },
  async submit(work, values: FormValues, context) {
    const client = await requestDiscussion(work, {
      client: idOf(context, 'client'),
      reason: discussionReasonSchema.parse(values['reason']),
      words: readWords(values, 'words'),
    });
    return answer(doneCard(work, client, 'Asked for', 'it stands on the agenda of the next huddle'));
  },
};
