import { listEvents } from '../../audit/list-events.ts';
import type { Feature } from '../../chat/feature.ts';

/** What a surveyor asks to be shown. */
export const evidence: Feature = {
  noun: 'evidence',
  exports: { audit: listEvents },
};
