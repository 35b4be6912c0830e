import { exportOf } from '../../feature/exports.ts';
import { viewUse } from './view-use.ts';
import { readId } from '../../feature/fields.ts';
import type { Feature, FormHandler } from '../../feature/feature.ts';
import { answer } from '../../chat/reply.ts';
import { sentenceCard } from '../../chat/sentence-card.ts';
import { parkedCardKind, parkedCardSubject } from './cards.ts';
import { exportDeliveries } from './records.ts';
import { dismissReasonLabels, dismissReasonSchema } from './rules.ts';
import { dismissDelivery, retryDelivery, viewParked } from './settle-parked.ts';
import { dismissPagesTo, retryPagesTo } from './settle-pages.ts';
import { parkedAction, sayParked } from './say-parked.ts';
import { foldedAction, viewFolded } from './say-folded.ts';
import { bundleCardKind, openAction, openAnnounced, viewBundle } from './view-bundle.ts';
import { attentionSettings } from './settings.ts';

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
  async submit(work, values, context) {
    const id = readId(context, 'delivery');
    await dismissDelivery(work, id, dismissReasonSchema.parse(values['reason']));
    return answer(sentenceCard('Dismissed. It is off the list, with your reason on record.'));
  },
};

/** What could not be delivered, and what a supervisor does about it. */
export const deliveries: Feature = {
  noun: 'deliveries',
  settings: attentionSettings,
  answers: {
    'deliveries.use': viewUse,
    'deliveries.folded': viewFolded,
  },
  houseCards: {
    parked: { kind: parkedCardKind, subject: parkedCardSubject },
    bundle: { kind: bundleCardKind, open: openAction },
  },
  cards: { [parkedCardKind]: (work) => viewParked(work), [bundleCardKind]: viewBundle },
  buttons: {
    [openAction]: async (work, press) => answer(await openAnnounced(work, press.subject ?? '')),
    [parkedAction]: async (work) => answer(await viewParked(work)),
    [foldedAction]: async (work) => answer(await viewFolded(work)),
    async 'deliveries.retry'(work, press) {
      await retryDelivery(work, press.subject ?? '');
      return { kind: 'answer', replace: await viewParked(work), card: sentenceCard('Trying again now.') };
    },
    async 'deliveries.retry-pages'(work, press) {
      await retryPagesTo(work, press.subject ?? '');
      return { kind: 'answer', replace: await viewParked(work), card: sentenceCard('Trying again now.') };
    },
    async 'deliveries.dismiss-pages'(work, press) {
      await dismissPagesTo(work, press.subject ?? '');
      return { kind: 'answer', replace: await viewParked(work) };
    },
    async 'deliveries.dismiss'(work, press) {
      // Refuses whoever may not see the list before anything opens.
      await viewParked(work);
      return { kind: 'form', form: await work.openForm('deliveries.dismiss', { delivery: press.subject ?? '' }) };
    },
  },
  forms: { 'deliveries.dismiss': dismissForm },
  contributes: { home: sayParked },
  exports: {
    deliveries: exportOf(
      {
        id: true,
        kind: true,
        destination: true,
        state: true,
        platform: true,
        attempts: true,
        reason: true,
        at: true,
        sentAt: true,
      },
      exportDeliveries,
    ),
  },
};
