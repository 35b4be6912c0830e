import { isSelf, requirePerson } from '../../access/actor.ts';
import { findAway } from '../../access/find-away.ts';
import { findColleague, type Colleague } from '../../access/records.ts';
import { allows, type Verb } from '../../access/policy.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Work } from '../../feature/feature.ts';
import { localDate } from '../../calendar/zones.ts';
import { addDaysToDate } from '../../calendar/local-dates.ts';
import { Refusal } from '../../chat/refusal.ts';
import { findAllowedClient, type Client } from '../clients/find-allowed-client.ts';
import { relationTo } from '../clients/rules.ts';
import { findFollowUp, updateFollowUp, type FollowUp } from './records.ts';
import { can, furthestDays, type FollowUpAction } from './rules.ts';

/** The follow-up and its client, when this person may do this with it now. A stale version is refused in words. */
export async function findChangeable(
  work: Work,
  which: { readonly id: string; readonly version?: number | undefined },
  action: FollowUpAction,
  verb: Verb = 'follow-up.change',
): Promise<{ followUp: FollowUp; client: Client }> {
  const followUp = await findFollowUp(work.tx, which.id);
  if (followUp === undefined) {
    throw new Refusal('unknown-button', 'I cannot find that follow-up. Please open your list again.', { denial: true });
  }
  // What waits on somebody is theirs to close or move, whatever their role; to hand it on is not.
  const own = isSelf(work.actor, followUp.owner) && verb === 'follow-up.change';
  const client = await findAllowedClient(work, own ? 'client.see' : verb, { id: followUp.client });
  if (!can(action, followUp.state)) {
    throw new Refusal(
      'already-done',
      `The follow-up for ${client.code} is already ${followUp.state}. Nothing was changed.`,
      {
        offers: [{ action: 'follow-ups.all', label: 'Show my list' }],
      },
    );
  }
  if (which.version !== undefined && which.version !== followUp.version) {
    throw new Refusal(
      'changed-meanwhile',
      `Somebody changed the follow-up for ${client.code} meanwhile. Nothing was changed by you.`,
      {
        offers: [{ action: 'follow-ups.all', label: 'Show my list' }],
      },
    );
  }
  return { followUp, client };
}

/** Moves the due day of something that waits, with a coded reason. */
export async function snoozeFollowUp(
  work: Work,
  which: { id: string; version?: number | undefined },
  change: { until: string; reason: string },
): Promise<{ client: Client }> {
  const { followUp, client } = await findChangeable(work, which, 'snooze');
  requireLater(work, client, change.until, 1);
  await updateFollowUp(work.tx, followUp.id, { dueOn: change.until, reason: change.reason, snoozed: true });
  const detail = { from: followUp.dueOn, until: change.until, reason: change.reason };
  await tell(work, 'follow-up.snooze', followUp, client, detail);
  return { client };
}

/** Chooses another day than the one proposed: planning, not putting off, so no reason is asked. */
export async function replanFollowUp(
  work: Work,
  which: { id: string; version?: number | undefined },
  dueOn: string,
): Promise<{ client: Client }> {
  const { followUp, client } = await findChangeable(work, which, 'replan');
  requireLater(work, client, dueOn, 0);
  await updateFollowUp(work.tx, followUp.id, { dueOn });
  await tell(work, 'follow-up.replan', followUp, client, { from: followUp.dueOn, to: dueOn });
  return { client };
}

/** Today, where it is later: with whoever acts, or with the client's team. What is put off leaves both their days. */
export function laterToday(work: Work, client: Client): string {
  const [here, there] = [localDate(work.now, work.actor.zone), localDate(work.now, client.zone)];
  return here > there ? here : there;
}

/** Refuses a day earlier than `fewest` days from today, or later than the furthest. */
function requireLater(work: Work, client: Client, day: string, fewest: 0 | 1): void {
  const today = fewest === 0 ? localDate(work.now, client.zone) : laterToday(work, client);
  if (day >= addDaysToDate(today, fewest) && day <= addDaysToDate(today, furthestDays)) return;
  const sentence = `Please choose ${fewest === 0 ? 'today or a later day' : 'a day after today'}, within a year.`;
  throw new Refusal('invalid-date', sentence, { fields: { until: sentence } });
}

/** Closes it without a contact, with a coded reason. The client is then listed as having nothing planned. */
export async function completeFollowUp(
  work: Work,
  which: { id: string; version?: number | undefined },
  reason: string,
): Promise<{ client: Client }> {
  const { followUp, client } = await findChangeable(work, which, 'complete');
  await updateFollowUp(work.tx, followUp.id, {
    reason,
    closed: { by: requirePerson(work.actor).person, at: work.now },
  });
  await tell(work, 'follow-up.complete', followUp, client, { reason });
  return { client };
}

/** Gives it to a colleague who may log for this client. The client's coordinator does not change by it. */
export async function reassignFollowUp(
  work: Work,
  which: { id: string; version?: number | undefined },
  to: string,
): Promise<{ client: Client; colleague: Colleague }> {
  const { followUp, client } = await findChangeable(work, which, 'reassign', 'follow-up.reassign');
  const colleague = await findColleague(work.tx, to);
  const relation =
    colleague === undefined ? undefined : relationTo({ person: colleague.id, team: colleague.team }, client);
  if (colleague === undefined || relation === undefined || !allows(colleague, 'contact.log', relation)) {
    const sentence = 'That person does not work with this client. Please choose somebody of the team.';
    throw new Refusal('invalid-value', sentence, { fields: { person: sentence } });
  }
  if ((await findAway(work.tx, [colleague.id], work.now)).has(colleague.id)) {
    const sentence = `${colleague.name} is away now. Please choose somebody who is here.`;
    throw new Refusal('invalid-value', sentence, { fields: { person: sentence } });
  }
  await updateFollowUp(work.tx, followUp.id, { owner: colleague.id });
  await tell(work, 'follow-up.reassign', followUp, client, { from: followUp.owner, to: colleague.id }, [colleague.id]);
  return { client, colleague };
}

/** Puts the change on record and lets it be seen wherever due things stand, the owner's and `others`'. */
async function tell(
  work: Work,
  verb: string,
  followUp: FollowUp,
  client: Client,
  detail: Readonly<Record<string, string>>,
  others: readonly string[] = [],
): Promise<void> {
  await recordEvent(work.tx, {
    actor: work.actor,
    verb,
    subjectKind: 'follow-up',
    subjectId: followUp.id,
    detail: { client: client.code, ...detail },
    at: work.now,
  });
  await work.publish('due.changed', { team: client.team, people: [followUp.owner, ...others] });
}
