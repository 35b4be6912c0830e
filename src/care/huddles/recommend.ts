import { allows } from '../../access/policy.ts';
import { listColleagues, type Colleague } from '../../access/records.ts';
import type { Role } from '../../access/roles.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Ask } from '../../chat/feature.ts';
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

export async function listAnswerers(ask: Ask, team: string): Promise<readonly Colleague[]> {
  const able = (await listColleagues(ask.tx)).filter(
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
export async function recommend(ask: Ask, given: ToRecommend): Promise<{ to: Colleague | undefined }> {
  const huddle = await takeHuddle(ask, { id: given.huddle }, 'recommend');
  const item = findItem(huddle, given.item);
  const to = given.to === undefined ? undefined : await findAnswerer(ask, huddle, given.to);
  const by = ask.actor.person;
  // Who addresses themselves has answered by it.
  const state = to === undefined ? 'noted' : to.id === by ? 'accepted' : 'open';
  const { kind, words } = given;
  const dueOn = to === undefined ? undefined : await findDay(ask, huddle);
  const place = { huddle: huddle.id, item: item.id };
  const id = await insertRecommendation(ask.tx, { ...place, kind, words, by, at: ask.now, to: to?.id, dueOn, state });
  await countTime(ask, huddle);
  await recordEvent(ask.tx, {
    actor: by,
    verb: 'huddle.recommend',
    subjectKind: 'huddle',
    subjectId: huddle.id,
    detail: { recommendation: id, client: item.client?.code ?? null, kind, to: to?.id ?? null },
    at: ask.now,
  });
  if (to !== undefined && state === 'open') {
    await postRecommendation(ask, { id, version: 1 }, to.id);
    await ask.publish('due.changed', { team: huddle.team, people: [to.id] });
  }
  await refreshHuddle(ask, huddle.id);
  return { to };
}

/** Tells somebody of a recommendation, or of the answer to one. */
export async function postRecommendation(
  ask: Ask,
  recommendation: { readonly id: string; readonly version: number },
  person: string,
): Promise<void> {
  const series = `recommendation:${recommendation.id}:${person}`;
  await ask.post({
    key: `${series}:${recommendation.version}`,
    to: { person },
    kind: recommendationCardKind,
    subject: recommendation.id,
    priority: 'answer',
    series,
  });
}

async function findAnswerer(ask: Ask, huddle: Huddle, id: string): Promise<Colleague> {
  const found = (await listAnswerers(ask, huddle.team)).find((one) => one.id === id);
  if (found !== undefined) return found;
  const sentence = 'Please choose a prescriber or a consultant who works here now.';
  throw new Refusal('invalid-value', sentence, { fields: { to: sentence } });
}

async function findDay(ask: Ask, huddle: Huddle): Promise<string | undefined> {
  const team = await findHuddleTeam(ask.tx, huddle.team);
  const today = localDate(ask.now, huddle.zone);
  return team === undefined ? today : (findWorkingDay(today, answerWorkingDays, worksOn(team)) ?? today);
}
