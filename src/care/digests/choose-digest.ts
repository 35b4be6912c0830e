import { requirePerson } from '../../access/actor.ts';
import { allows } from '../../access/policy.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Work } from '../../feature/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { personCardKind } from './cards.ts';
import { findTeam, saveDigestStyle, saveDigestTime, saveTeamPlan, type DigestOwner } from './records.ts';
import { isDigestTime, timeSentence, type DigestPlace, type DigestStyle } from './rules.ts';

/** Somebody wants their digest shorter, or in full again. The copy that is out follows. */
export async function chooseStyle(work: Work, style: DigestStyle): Promise<void> {
  const { person } = requirePerson(work.actor);
  await saveDigestStyle(work.tx, person, style);
  await work.refresh(personCardKind, person);
  await note(work, 'digest.choose', { kind: 'person', id: person }, { style });
}

/** Somebody wants theirs at another hour than their team's; undefined = at the team's again. */
export async function chooseTime(work: Work, at: string | undefined): Promise<void> {
  const { person } = requirePerson(work.actor);
  requireTime(at);
  await saveDigestTime(work.tx, person, at);
  await work.reschedule();
  await note(work, 'digest.choose', { kind: 'person', id: person }, { at: at ?? 'usual' });
}

/** Refuses who does not plan for a team, and a team that is none; returns the team. */
export async function findPlannedTeam(work: Work, id: string): Promise<{ readonly id: string; readonly name: string }> {
  if (!allows(work.actor, 'digest.schedule', work.actor.team === id ? 'team' : 'organisation')) {
    throw new Refusal('not-allowed', 'A supervisor sets the hour of a team’s digest. Type digest at 08:00 for yours.', {
      denial: true,
    });
  }
  const team = await findTeam(work.tx, id);
  if (team === undefined) throw new Refusal('invalid-value', 'I do not know a team of that name here.');
  return team;
}

/**
 * When a team's digest comes, and that of its people who chose nothing else; and where the team's stands. It holds until
 * the organisation file, applied again, names a digest of its own: what is written there wins.
 */
export async function scheduleTeam(
  work: Work,
  id: string,
  plan: { readonly at: string; readonly in: DigestPlace },
): Promise<{ readonly name: string }> {
  const team = await findPlannedTeam(work, id);
  requireTime(plan.at);
  await saveTeamPlan(work.tx, team.id, plan);
  await work.reschedule();
  await note(work, 'digest.schedule', { kind: 'team', id: team.id }, { at: plan.at, in: plan.in });
  return team;
}

function requireTime(at: string | undefined): void {
  if (at !== undefined && !isDigestTime(at)) {
    throw new Refusal('invalid-value', timeSentence, { fields: { at: timeSentence } });
  }
}

async function note(
  work: Work,
  verb: string,
  owner: DigestOwner,
  detail: Readonly<Record<string, string>>,
): Promise<void> {
  await recordEvent(work.tx, {
    actor: work.actor,
    verb,
    subjectKind: owner.kind,
    subjectId: owner.id,
    detail,
    at: work.now,
  });
}
