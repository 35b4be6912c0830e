import { listEvents } from '../../audit/list-events.ts';
import type { Feature } from '../../chat/feature.ts';
import { drawExports, exportsCardKind } from './exports-card.ts';

/** What a surveyor asks to be shown. */
export const evidence: Feature = {
  noun: 'evidence',
  cards: { [exportsCardKind]: drawExports },
  exports: { audit: listEvents },
};
