import { recordEvent } from '../../audit/record-event.ts';
import type { Work } from '../../feature/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { refreshHuddle } from './card-kinds.ts';
import { currentOf, takeHuddle, type WhichHuddle } from './find-huddle.ts';
import { countTime } from './keep-time.ts';
import type { ItemState } from './rules.ts';

export type Step = 'next' | 'back' | 'next-week';

const stateAfter: Readonly<Record<Step, ItemState | undefined>> = {
  next: 'reviewed',
  back: undefined,
  'next-week': 'carried',
};

/** Goes to the next or the previous line of the agenda, or puts the present one off until the next huddle. */
export async function moveOn(work: Work, which: WhichHuddle, step: Step): Promise<void> {
  const huddle = await takeHuddle(work, which, step);
  const current = currentOf(huddle);
  const position = huddle.position + (step === 'back' ? -1 : 1);
  if (position < 0 || (current === undefined && step !== 'back')) {
    throw new Refusal('already-done', 'The agenda goes no further that way. Nothing was changed.');
  }
  const state = stateAfter[step];
  await countTime(work, huddle, { ...(state === undefined ? {} : { state }), position, moves: true });
  await recordEvent(work.tx, {
    actor: work.actor,
    verb: `huddle.${step}`,
    subjectKind: 'huddle',
    subjectId: huddle.id,
    detail: { position, client: current?.client?.code ?? null },
    at: work.now,
  });
  await refreshHuddle(work, huddle.id);
}
