import { exportOf } from '../../feature/exports.ts';
import { listEvents } from '../../audit/list-events.ts';
import type { Feature } from '../../feature/feature.ts';
import { workspaceCardKind } from '../../feature/tell-administrators.ts';
import { drawExports, exportsCardKind } from './exports-card.ts';
import { drawLooking, lookingCardKind, reviewAction, reviewLooking } from './looking-card.ts';
import { noteDenial, noteLooking } from './note-looking.ts';
import { drawWorkspace } from './workspace-card.ts';
import { lookingSettings } from './settings.ts';

/** What a surveyor asks to be shown. */
export const evidence: Feature = {
  noun: 'evidence',
  settings: lookingSettings,
  cards: { [exportsCardKind]: drawExports, [lookingCardKind]: drawLooking, [workspaceCardKind]: drawWorkspace },
  buttons: { [reviewAction]: (work, press) => reviewLooking(work, press.subject ?? '') },
  on: { 'client.looked': noteLooking, 'access.denied': noteDenial },
  exports: {
    audit: exportOf(
      {
        id: true,
        at: true,
        actor: true,
        verb: true,
        subjectKind: true,
        subjectId: true,
        client: true,
        detail: true,
        hash: true,
        actorKind: true,
        by: true,
      },
      listEvents,
    ),
  },
};
