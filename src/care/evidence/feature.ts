import { listEvents } from '../../audit/list-events.ts';
import type { Feature } from '../../chat/feature.ts';
import { drawExports, exportsCardKind } from './exports-card.ts';
import { drawLooking, lookingCardKind, reviewAction, reviewLooking } from './looking-card.ts';
import { noteDenial, noteLooking } from './note-looking.ts';

/** What a surveyor asks to be shown. */
export const evidence: Feature = {
  noun: 'evidence',
  cards: { [exportsCardKind]: drawExports, [lookingCardKind]: drawLooking },
  buttons: { [reviewAction]: (ask, press) => reviewLooking(ask, press.subject ?? '') },
  on: { 'client.looked': noteLooking, 'access.denied': noteDenial },
  exports: { audit: listEvents },
};
