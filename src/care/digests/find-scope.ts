import { isSelf } from '../../access/actor.ts';
import { allows } from '../../access/policy.ts';
import { findPersonZone } from '../../access/records.ts';
import { everyRole } from '../../access/roles.ts';
import type { Work } from '../../feature/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { findTeam, listOwners, type Owner } from './records.ts';

/** Whose things a digest shows, and where its day begins. */
export interface Scope {
  readonly zone: string;
  readonly people: readonly string[];
  /** Only things of this team's clients, whoever has them. */
  readonly team?: string;
}

/** Whose digest it is, with who has each thing. */
export interface OfTeam {
  readonly team: { readonly id: string; readonly name: string };
  readonly owners: ReadonlyMap<string, Owner>;
}

/** One person's things. Only they see them, and a supervisor, whom a leaver's messages reach. */
export async function findPersonalScope(work: Work, person: string): Promise<Scope> {
  const mine = isSelf(work.actor, person) || allows(work.actor, 'follow-up.change', 'organisation');
  const zone = await findPersonZone(work.tx, person);
  if (work.audience !== 'person' || !mine || zone === undefined) {
    throw new Refusal('not-allowed', 'That digest belongs to somebody else. Type digest now for yours.', {
      denial: true,
    });
  }
  return { zone, people: [person] };
}

/** The things of a team's clients, whoever has them. Shared places see it as it is, and people of the team privately. */
export async function findTeamScope(work: Work, id: string): Promise<{ readonly scope: Scope; readonly of: OfTeam }> {
  const member = allows(work.actor, 'client.see', work.actor.team === id ? 'team' : 'organisation');
  const team = await findTeam(work.tx, id);
  if (team === undefined || !(member || work.audience === 'place')) {
    throw new Refusal('not-allowed', 'That digest belongs to another team. Type digest now for yours.', {
      denial: true,
    });
  }
  const owners = await listOwners(work.tx, id, rolesThatReachEverywhere);
  return {
    scope: { zone: team.zone, people: owners.map((owner) => owner.id), team: id },
    of: { team, owners: new Map(owners.map((owner) => [owner.id, owner])) },
  };
}

const rolesThatReachEverywhere = everyRole.filter((role) => allows({ roles: [role] }, 'contact.log', 'organisation'));
