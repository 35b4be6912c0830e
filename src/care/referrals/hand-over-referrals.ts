import { actorText } from '../../access/recorded-doer.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Work, Events } from '../../feature/feature.ts';
import { findClientsOf } from '../clients/find-allowed-client.ts';
import { inheritReferral } from './hand-over-records.ts';
import { listUnclosed } from './records.ts';
import { whoActsNext } from './rules.ts';
import { referralCardKind } from './tell-sides.ts';
import { insertEvent } from './write-records.ts';

/**
 * A leaver's sides of open referrals are the heir's, so that every loop can be closed. Its time does not begin anew,
 * and every copy follows in place: the other side reads who acts now. What a team has not taken stays with the team.
 */
export async function inheritReferrals(work: Work, { person, heir }: Events['person.left']): Promise<void> {
  const theirs = (await listUnclosed(work.tx, [person])).filter(
    (one) => whoActsNext(one) !== undefined && (one.requester === person || one.receiver === person),
  );
  const clients = await findClientsOf(
    work,
    theirs.map((one) => one.client),
  );
  const teams = new Map<string, Set<string>>();
  for (const referral of theirs) {
    await inheritReferral(work.tx, referral.id, { from: person, to: heir });
    const event = { referral: referral.id, by: actorText(work.actor), step: 'inherit', reason: 'left' };
    await insertEvent(
      work.tx,
      { ...event, from: referral.state, to: referral.state },
      work.now,
      referral.events.at(-1),
    );
    const client = clients.get(referral.client);
    await recordEvent(work.tx, {
      actor: work.actor,
      verb: 'referral.inherit',
      subjectKind: 'referral',
      subjectId: referral.id,
      detail: { client: client?.code ?? '', from: person, to: heir },
      at: work.now,
    });
    await work.refresh(referralCardKind, referral.id);
    if (client === undefined) continue;
    const people = teams.get(client.team) ?? new Set([person, heir]);
    teams.set(client.team, people.add(referral.requester).add(referral.receiver ?? person));
  }
  for (const [team, people] of teams) await work.publish('due.changed', { team, people: [...people] });
}
