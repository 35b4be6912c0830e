import type { Feature, FormHandler } from '../../chat/feature.ts';
import { answer } from '../../chat/reply.ts';
import { sentenceCard } from '../../chat/sentence-card.ts';
import { parkedCardKind } from './cards.ts';
import { exportDeliveries } from './records.ts';
import { dismissReasonLabels, dismissReasonSchema } from './rules.ts';
import { dismissDelivery, retryDelivery, viewParked } from './settle-parked.ts';
import { dismissPagesTo, retryPagesTo } from './settle-pages.ts';
import { parkedAction, sayParked } from './say-parked.ts';
import { foldedAction, viewFolded } from './say-folded.ts';
import { bundleCardKind, openAction, openAnnounced, viewBundle } from './view-bundle.ts';

const dismissForm: FormHandler = {
  async draw() {
    return {
      title: 'Dismiss a message',
      submit: 'Dismiss',
      intro: ['It is not sent any more. Your reason stays on record.'],
      fields: [
        {
          name: 'reason',
          kind: 'one-of',
          label: 'Why',
          required: true,
          options: dismissReasonSchema.options.map((value) => ({ value, label: dismissReasonLabels[value] })),
        },
      ],
    };
  },
  async submit(ask, values, context) {
    const id = typeof context['delivery'] === 'string' ? context['delivery'] : '';
    await dismissDelivery(ask, id, dismissReasonSchema.parse(values['reason']));
    return answer(sentenceCard('Dismissed. It is off the list, with your reason on record.'));
  },
};

/** What could not be delivered, and what a supervisor does about it. */
export const deliveries: Feature = {
  noun: 'deliveries',
  cards: { [parkedCardKind]: (ask) => viewParked(ask), [bundleCardKind]: viewBundle },
  buttons: {
    [openAction]: async (ask, press) => answer(await openAnnounced(ask, press.subject ?? '')),
    [parkedAction]: async (ask) => answer(await viewParked(ask)),
    [foldedAction]: async (ask) => answer(await viewFolded(ask)),
    async 'deliveries.retry'(ask, press) {
      await retryDelivery(ask, press.subject ?? '');
      return { kind: 'answer', replace: await viewParked(ask), card: sentenceCard('Trying again now.') };
    },
    async 'deliveries.retry-pages'(ask, press) {
      await retryPagesTo(ask, press.subject ?? '');
      return { kind: 'answer', replace: await viewParked(ask), card: sentenceCard('Trying again now.') };
    },
    async 'deliveries.dismiss-pages'(ask, press) {
      await dismissPagesTo(ask, press.subject ?? '');
      return { kind: 'answer', replace: await viewParked(ask) };
    },
    async 'deliveries.dismiss'(ask, press) {
      // Refuses whoever may not see the list before anything opens.
      await viewParked(ask);
      return { kind: 'form', form: await ask.openForm('deliveries.dismiss', { delivery: press.subject ?? '' }) };
    },
  },
  forms: { 'deliveries.dismiss': dismissForm },
  contributes: { home: sayParked },
  exports: { deliveries: exportDeliveries },
};
