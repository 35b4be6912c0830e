import { requirePerson } from '../../access/actor.ts';
import { allows } from '../../access/policy.ts';
import { listColleagues, type Colleague } from '../../access/records.ts';
import type { Role } from '../../access/roles.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Work } from '../../feature/feature.ts';
import { localDate } from '../../calendar/zones.ts';
import { findWorkingDay, worksOn } from '../../calendar/working-time.ts';
import { Refusal } from '../../chat/refusal.ts';
import { recommendationCardKind, refreshHuddle } from './card-kinds.ts';
import { findItem, takeHuddle } from './find-huddle.ts';
import type { RecommendationKind } from './huddle-words.ts';
import { countTime } from './keep-time.ts';
import type { Huddle } from './records.ts';
import { answerWorkingDays } from './rules.ts';
import { findHuddleTeam } from './team-records.ts';
import { insertRecommendation } from './write-records.ts';

/** Whose answer a recommendation may need: those who decide about treatment. */
export const answeringRoles: readonly Role[] = ['prescriber', 'psychiatric-consultant'];

export async function listAnswerers(work: Work, team: string): Promise<readonly Colleague[]> {
  const able = (await listColleagues(work.tx)).filter(
    (one) =>
      one.roles.some((role) => answeringRoles.includes(role)) && allows(one, 'recommendation.answer', 'organisation'),
  );
  return [...able].sort((a, b) => Number(b.team === team) - Number(a.team === team));
}

export interface ToRecommend {
  readonly huddle: string;
  readonly item: string;
  readonly kind: RecommendationKind;
  readonly words: string | undefined;
  /** Whose answer it needs, if any. */
  readonly to: string | undefined;
}

/** Records what is recommended; whom it is addressed to is told privately, and answers there. */
export async function recommend(work: Work, given: ToRecommend): Promise<{ to: Colleague | undefined }> {
  const huddle = await takeHuddle(work, { id: given.huddle }, 'recommend');
  const item = findItem(huddle, given.item);
  const to = given.to === undefined ? undefined : await findAnswerer(work, huddle, given.to);
  const by = requirePerson(work.actor).person;
  // Who addresses themselves has answered by it.
  const state = to === undefined ? 'noted' : to.id === by ? 'accepted' : 'open';
  const { kind, words } = given;
  const dueOn = to === undefined ? undefined : await findDay(work, huddle);
  const place = { huddle: huddle.id, item: item.id };
  const id = await insertRecommendation(work.tx, { ...place, kind, words, by, at: work.now, to: to?.id, dueOn, state });
  await countTime(work, huddle);
  await recordEvent(work.tx, {
    actor: work.actor,
    verb: 'huddle.recommend',
    subjectKind: 'huddle',
    subjectId: huddle.id,
    detail: { recommendation: id, client: item.client?.code ?? null, kind, to: to?.id ?? null },
    at: work.now,
  });
  if (to !== undefined && state === 'open') {
    await postRecommendation(work, { id, version: 1 }, to.id);
    await work.publish('due.changed', { team: huddle.team, people: [to.id] });
  }
  await refreshHuddle(work, huddle.id);
  return { to };
}

/** Tells somebody of a recommendation, or of the answer to one. */
export async function postRecommendation(
  work: Work,
  recommendation: { readonly id: string; readonly version: number },
  person: string,
): Promise<void> {
  const series = `recommendation:${recommendation.id}:${person}`;
  await work.post({
    key: `${series}:${recommendation.version}`,
    to: { person },
    kind: recommendationCardKind,
    subject: recommendation.id,
    priority: 'answer',
    series,
  });
}

async function findAnswerer(work: Work, huddle: Huddle, id: string): Promise<Colleague> {
  const found = (await listAnswerers(work, huddle.team)).find((one) => one.id === id);
  if (found !== undefined) return found;
  const sentence = 'Please choose a prescriber or a consultant who works here now.';
  throw new Refusal('invalid-value', sentence, { fields: { to: sentence } });
}

async function findDay(work: Work, huddle: Huddle): Promise<string | undefined> {
  const team = await findHuddleTeam(work.tx, huddle.team);
  const today = localDate(work.now, huddle.zone);
  return team === undefined ? today : (findWorkingDay(today, answerWorkingDays, worksOn(team)) ?? today);
}
