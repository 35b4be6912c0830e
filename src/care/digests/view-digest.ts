import { allows } from '../../access/policy.ts';
import { everyRole } from '../../access/roles.ts';
import type { Ask, DueItem } from '../../chat/feature.ts';
import { localDate } from '../../chat/local-date.ts';
import { addDaysToDate } from '../../chat/local-date-arithmetic.ts';
import { Refusal } from '../../chat/refusal.ts';
import { furthestDays } from '../follow-ups/rules.ts';
import { findPersonZone, findTeam, listOwners, type Owner } from './records.ts';
import { arrange, horizonDays, type Sections } from './rules.ts';

/** What is due, as it stands now, with the local date it was read on. */
export interface Digest {
  readonly today: string;
  readonly sections: Sections<DueItem>;
  /** When nothing needs anybody today: the next day on which something does. */
  readonly next: string | undefined;
}

export interface TeamDigest extends Digest {
  readonly team: { readonly id: string; readonly name: string };
  readonly owners: ReadonlyMap<string, Owner>;
}

/** One person's things. Only they see them, and a supervisor, whom a leaver's messages reach. */
export async function viewPersonal(ask: Ask, person: string): Promise<Digest> {
  const mine = ask.actor.person === person || allows(ask.actor, 'follow-up.change', 'organisation');
  const zone = await findPersonZone(ask.tx, person);
  if (ask.audience !== 'person' || !mine || zone === undefined) {
    throw new Refusal('not-allowed', 'That digest belongs to somebody else. Type digest now for yours.', {
      denial: true,
    });
  }
  return readDigest(ask, zone, (until) => ask.due({ people: [person], until }));
}

/** The things of a team's clients, whoever has them. Shared places see it as it is, and people of the team privately. */
export async function viewTeam(ask: Ask, id: string): Promise<TeamDigest> {
  const member = allows(ask.actor, 'client.see', ask.actor.team === id ? 'team' : 'organisation');
  const team = await findTeam(ask.tx, id);
  if (team === undefined || !(member || ask.audience === 'place')) {
    throw new Refusal('not-allowed', 'That digest belongs to another team. Type digest now for yours.', {
      denial: true,
    });
  }
  const owners = await listOwners(ask.tx, id, rolesThatReachEverywhere);
  const people = owners.map((owner) => owner.id);
  const digest = await readDigest(ask, team.zone, async (until) => {
    const items = await ask.due({ people, until });
    return items.filter((item) => item.team === id);
  });
  return { ...digest, team, owners: new Map(owners.map((owner) => [owner.id, owner])) };
}

const rolesThatReachEverywhere = everyRole.filter((role) => allows({ roles: [role] }, 'contact.log', 'organisation'));

async function readDigest(
  ask: Ask,
  zone: string,
  due: (until: string) => Promise<readonly DueItem[]>,
): Promise<Digest> {
  const today = localDate(ask.now, zone);
  const sections = arrange(await due(addDaysToDate(today, horizonDays)), today);
  const waits = sections.overdue.length + sections.today.length > 0;
  if (waits || sections.coming[0] !== undefined) return { today, sections, next: sections.coming[0]?.dueOn };
  const later = arrange(await due(addDaysToDate(today, furthestDays)), today);
  return { today, sections, next: later.coming[0]?.dueOn };
}
