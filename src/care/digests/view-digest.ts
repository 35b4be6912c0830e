import { allows } from '../../access/policy.ts';
import { findPersonZone } from '../../access/records.ts';
import { everyRole } from '../../access/roles.ts';
import type { Ask, DueItem } from '../../chat/feature.ts';
import { localDate } from '../../chat/local-date.ts';
import { addDaysToDate } from '../../chat/local-date-arithmetic.ts';
import { Refusal } from '../../chat/refusal.ts';
import { furthestDays } from '../follow-ups/rules.ts';
import { findWorkCalendars, moveToWorkDay, type OnWorkDay } from '../follow-ups/work-days.ts';
import { findTeam, listOwners, type Owner } from './records.ts';
import { arrange, horizonDays, needing, type Sections } from './rules.ts';

/** A due thing, on a day on which its owner works. */
export type DigestItem = OnWorkDay<DueItem>;

/** What is due, as it stands now, with the local date it was read on. */
export interface Digest {
  readonly today: string;
  readonly sections: Sections<DigestItem>;
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
  return readPersonal(ask, person, zone);
}

/** The same by nobody's rights: for deciding whether there is anything to tell this person. */
export async function readPersonal(ask: Ask, person: string, zone: string): Promise<Digest> {
  return readDigest(ask, zone, [person], (until, limit) =>
    ask.due({ people: [person], until, ...(limit !== undefined && { limit }) }),
  );
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
  const digest = await readDigest(ask, team.zone, people, async (until) => {
    const items = await ask.due({ people, until });
    return items.filter((item) => item.team === id);
  });
  return { ...digest, team, owners: new Map(owners.map((owner) => [owner.id, owner])) };
}

const rolesThatReachEverywhere = everyRole.filter((role) => allows({ roles: [role] }, 'contact.log', 'organisation'));

async function readDigest(
  ask: Ask,
  zone: string,
  people: readonly string[],
  /** `limit`: the first so many are enough, where what is asked allows it. */
  due: (until: string, limit?: number) => Promise<readonly DueItem[]>,
): Promise<Digest> {
  const today = localDate(ask.now, zone);
  const calendars = await findWorkCalendars(ask, people);
  const read = async (days: number, limit?: number): Promise<Sections<DigestItem>> => {
    const items = await due(addDaysToDate(today, days), limit);
    return arrange(
      items.map((item) => moveToWorkDay(item, calendars.get(item.owner))),
      today,
    );
  };
  const sections = await read(horizonDays);
  const first = nextOf(sections);
  const soon = needing(sections).length > 0 || (first !== undefined && first <= addDaysToDate(today, horizonDays));
  const next = soon ? first : nextOf(await read(furthestDays));
  return { today, sections, next };
}

/** The first day after today on which somebody has to act. */
function nextOf({ onMe, coming }: Sections<DigestItem>): string | undefined {
  const days = [onMe[0], coming[0]].flatMap((item) => (item === undefined ? [] : [item.dueOn]));
  return days.sort()[0];
}
