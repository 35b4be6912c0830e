import { readId } from '../../feature/fields.ts';
import { allows } from '../../access/policy.ts';
import type { Work, FormHandler } from '../../feature/feature.ts';
import { answer } from '../../chat/reply.ts';
import { sentenceCard } from '../../chat/sentence-card.ts';
import { clientText } from './cards.ts';
import { findAllowedClient, type Client } from './find-allowed-client.ts';
import { handOn, listTakers } from './hand-on.ts';
import { relationTo } from './rules.ts';

/** Slack shows a hundred options. */
const mostOptions = 100;

const nameOf = (work: Work, client: Client): string =>
  allows(work.actor, 'client.see', relationTo(work.actor, client)) ? clientText(client, work.privacy) : client.code;

/** Who answers for a client from now on. */
export const handOnForm: FormHandler = {
  async draw(work, context) {
    const client = await findAllowedClient(work, 'client.hand-on', { id: readId(context, 'client') });
    const takers = await listTakers(work, client);
    return {
      title: 'Hand a client on',
      submit: 'Hand on',
      intro: [`${nameOf(work, client)}.`, 'They become accountable at once; the open follow-ups go along.'],
      fields: [
        {
          name: 'person',
          kind: 'one-of',
          label: 'To whom',
          required: true,
          options: takers.slice(0, mostOptions).map(({ id, name }) => ({ value: id, label: name.slice(0, 75) })),
        },
      ],
    };
  },
  async submit(work, values, context) {
    const { client, colleague } = await handOn(work, {
      client: readId(context, 'client'),
      departure: readId(context, 'departure'),
      to: String(values['person']),
    });
    return answer(sentenceCard(`Handed on: ${client.code} is with ${colleague.name} now.`));
  },
};
