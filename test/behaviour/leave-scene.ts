import { aClient, enrol } from '../helpers/organisation.ts';
import type { Hand } from '../helpers/screen.ts';
import { handOf, openWorld, slackChannel, teamsChannel, type World } from '../helpers/world.ts';
import { onlyOn } from './refer-scene.ts';

export type Platform = 'slack' | 'teams';

/** People of the sample by their accounts: Slack user, Entra object id. */
export const accounts = {
  maya: { slack: 'U0MAYA', teams: '0a000000-0000-4000-8000-0000000000a1' },
  jon: { slack: 'U0JON', teams: '0a000000-0000-4000-8000-0000000000a2' },
  sara: { slack: 'U0SARA', teams: '0a000000-0000-4000-8000-0000000000a3' },
  dana: { slack: 'U0DANA', teams: '0a000000-0000-4000-8000-00000000b004' },
} as const;
export type Known = keyof typeof accounts;

/** The platform's administrator deactivates somebody's account there. */
export async function deactivate(world: World, platform: Platform, person: Known): Promise<void> {
  if (platform === 'slack') await world.slack.deactivate(accounts[person].slack);
  else await world.teams.deactivate({ user: accounts[person].teams });
  await world.settled();
}

export const placeOf = (platform: Platform): string => (platform === 'slack' ? slackChannel : teamsChannel);

/** Jon has three clients, and open things on both sides of referrals; Dana supervises on one platform only. */
export interface LeaveScene {
  readonly world: World;
  readonly dana: Hand;
  readonly jon: Hand;
  readonly maya: Hand;
}

export async function openLeaveScene(platform: Platform): Promise<LeaveScene> {
  const world = await openWorld();
  const dana = await onlyOn(world, platform, 'dana');
  const maya = await onlyOn(world, platform, 'maya');
  await enrol(world.store, world.clock, [
    { ...aClient({ code: 'K7T2-9', coordinator: 'jon', name: 'Dan Dee' }), dueOn: '2026-11-23' },
    { ...aClient({ code: 'M4XR-1', coordinator: 'jon', name: 'Eve Elm', born: '1981-05-05' }), dueOn: '2026-11-30' },
    aClient({ coordinator: 'jon', name: 'Fay Fox', born: '1990-01-02', status: 'paused' }),
    { ...aClient({ code: '05Q8-W', coordinator: 'maya', name: 'Gus Gray', born: '1966-06-06' }), dueOn: '2026-11-23' },
  ]);
  const jon = handOf(world, platform, 'jon');
  await jon.types('refer K7T2-9 to @maya urgent');
  await world.settled();
  await maya.types('refer 05Q8-W to @jon');
  await world.settled();
  return { world, dana, jon, maya };
}

/** Who answers for what, as the database has it: clients, follow-ups, referrals. */
export async function accountable(world: World): Promise<Readonly<Record<string, readonly string[]>>> {
  return world.store.inOrganisation('riverside', async (tx) => {
    const clients = await tx.db.$queryRaw<{ code: string; person: string }[]>`
      select c.code, a.person_id as person from coordinator_assignment a
      join client c on c.organisation_id = a.organisation_id and c.id = a.client_id where a.ended_at is null`;
    const followUps = await tx.db.$queryRaw<{ owner: string }[]>`
      select owner_id as owner from follow_up where state = 'open'`;
    const referrals = await tx.db.$queryRaw<{ sides: string }[]>`
      select requester_id || ' asks ' || coalesce(receiver_id, '-') as sides from referral
      where state not in ('closed', 'entered-in-error')`;
    return {
      clients: clients.map(({ person }) => person).sort(),
      followUps: followUps.map(({ owner }) => owner).sort(),
      referrals: referrals.map(({ sides }) => sides).sort(),
    };
  });
}

/** Audit rows with these verbs: `verb subject`. */
export async function audited(world: World, verbs: readonly string[]): Promise<readonly string[]> {
  return world.store.inOrganisation('riverside', async (tx) => {
    const rows = await tx.db.$queryRaw<{ verb: string; actor: string; subject: string }[]>`
      select verb, actor, subject_id as subject from audit_event where verb = any(${[...verbs]}::text[]) order by sequence`;
    return rows.map(({ verb, actor, subject }) => `${actor} ${verb} ${subject}`);
  });
}
