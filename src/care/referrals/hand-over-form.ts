import type { FormHandler } from '../../feature/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { answer } from '../../chat/reply.ts';
import { sentenceCard } from '../../chat/sentence-card.ts';
import { openButton } from './find-referral.ts';
import { findHanded, handOverReferral, listHeirs } from './hand-over-referral.ts';
import { textOf, whichReferral, wordsField } from './step-forms.ts';

/** Most options a list on a platform takes. */
const mostOptions = 100;

/** A colleague takes over a side of a referral. */
export const handOverForm: FormHandler = {
  async draw(work, context) {
    const handed = await findHanded(work, whichReferral(context));
    const { referral, client } = handed.found;
    const heirs = await listHeirs(work, handed);
    if (heirs.length === 0) {
      throw new Refusal(
        'invalid-value',
        'Nobody else here can take it now. Type refer for a team or a partner instead.',
        {
          offers: [openButton(referral.id)],
        },
      );
    }
    return {
      title: 'Hand a referral over',
      submit: 'Hand over',
      intro: [
        `Referral of ${client.code} from ${referral.requesterName} to ${referral.toName}.`,
        'Its next step and its time stay as they are; both sides read who has it now.',
      ],
      fields: [
        {
          name: 'person',
          kind: 'one-of',
          label: 'To whom',
          required: true,
          options: heirs.slice(0, mostOptions).map((one) => ({ value: one.id, label: one.name.slice(0, 75) })),
        },
        wordsField('What they should know'),
      ],
    };
  },
  async submit(work, values, context) {
    const { client, colleague } = await handOverReferral(work, whichReferral(context), {
      to: textOf(values['person']) ?? '',
      words: textOf(values['words']),
    });
    return answer(sentenceCard(`Handed over: the referral of ${client.code} is with ${colleague.name} now.`));
  },
};
