import type { Platform } from '../platform.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';

/** Who is where: what a simulated workspace needs to look like the organisation. */
export interface Directory {
  /** The organisation's name. */
  readonly name: string;
  readonly workspaces: readonly {
    readonly id: string;
    readonly platform: Platform;
    readonly externalId: string;
  }[];
  readonly people: readonly {
    readonly id: string;
    readonly name: string;
    readonly team: string;
    readonly identities: readonly { readonly workspace: string; readonly user: string }[];
  }[];
  readonly places: readonly {
    readonly workspace: string;
    readonly place: string;
    readonly team: string;
    readonly teamName: string;
  }[];
}

/** Active people with their identities, the workspaces and the teams' places. */
export async function readDirectory(tx: OrganisationTransaction): Promise<Directory> {
  const where = { organisationId: tx.organisation };
  const { name } = await tx.db.organisation.findUniqueOrThrow({ where: { id: tx.organisation } });
  const [workspaces, people, places] = [
    await tx.db.workspace.findMany({ where, orderBy: { id: 'asc' } }),
    await tx.db.person.findMany({
      where: { ...where, active: true },
      include: { identities: true },
      orderBy: { id: 'asc' },
    }),
    await tx.db.teamPlace.findMany({ where, include: { team: true }, orderBy: { place: 'asc' } }),
  ];
  return {
    name,
    workspaces: workspaces.map(({ id, platform, externalId }) => ({
      id,
      platform: platform === 'slack' ? 'slack' : 'teams',
      externalId,
    })),
    people: people.map(({ id, name, teamId, identities }) => ({
      id,
      name,
      team: teamId,
      identities: identities.map((identity) => ({ workspace: identity.workspaceId, user: identity.platformUser })),
    })),
    places: places.map((row) => ({
      workspace: row.workspaceId,
      place: row.place,
      team: row.teamId,
      teamName: row.team.name,
    })),
  };
}
