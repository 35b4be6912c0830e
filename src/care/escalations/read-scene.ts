import { findAway } from '../../access/find-away.ts';
import { listColleagues, type Colleague } from '../../access/records.ts';
import type { Work } from '../../feature/feature.ts';
import { findClientsOf, type Client } from '../clients/find-allowed-client.ts';
import { findOnDuty, type OnDuty } from '../duty/find-on-duty.ts';
import { chooseTold, type Cast, type Told } from './choose-told.ts';
import { deceasedLadder, defaultLadders, rungsOf, type BusinessDay, type Ladder, type Rung } from './ladder.ts';
import type { Escalation } from './records.ts';
import type { Severity } from './rules.ts';
import { findTeamSetup, type TeamSetup } from './setup-records.ts';
import { businessDayOf, isStaffed, routeNow } from './team-calendar.ts';

/** What of a scene is the same at every moment. */
interface Ground {
  readonly setup: TeamSetup;
  readonly client: Client | undefined;
  readonly people: readonly Colleague[];
  readonly raisedBy: string | undefined;
}

/** Everything that decides whom a step tells at a moment, as the database knows it. */
export interface Scene {
  readonly ground: Ground;
  readonly setup: TeamSetup;
  readonly businessDay: BusinessDay;
  readonly cast: Cast;
  readonly names: ReadonlyMap<string, string>;
  readonly client: Client | undefined;
  /** Nobody of the team has the duty at that moment: said to who raises it, with whom to call. */
  readonly nobodyOnDuty: boolean;
  readonly route: ReturnType<typeof routeNow>;
}

/** Reads the scene of a team's escalation at a moment. */
export async function readScene(
  work: Pick<Work, 'tx'>,
  of: { readonly team: string; readonly client: string | undefined; readonly raisedBy: string | undefined },
  at: Date,
): Promise<Scene> {
  // Sent together: they need nothing of each other.
  const [setup, client, duty, people] = await Promise.all([
    findTeamSetup(work.tx, of.team),
    of.client === undefined ? undefined : findClientsOf(work, [of.client]).then((found) => found.get(of.client ?? '')),
    findOnDuty(work.tx, of.team, at),
    listColleagues(work.tx),
  ]);
  const ground = { setup, client, people, raisedBy: of.raisedBy };
  return sceneOn(ground, { duty, away: await findAway(work.tx, idsOf(people), at), at });
}

/** The same team, client and people at another moment: only who is on duty then, and who is away, is read. */
export async function readSceneAgain(work: Pick<Work, 'tx'>, { ground }: Scene, at: Date): Promise<Scene> {
  const [duty, away] = await Promise.all([
    findOnDuty(work.tx, ground.setup.id, at),
    findAway(work.tx, idsOf(ground.people), at),
  ]);
  return sceneOn(ground, { duty, away, at });
}

const idsOf = (people: readonly Colleague[]): readonly string[] => people.map(({ id }) => id);

function sceneOn(
  ground: Ground,
  { duty, away, at }: { readonly duty: OnDuty | undefined; readonly away: ReadonlySet<string>; readonly at: Date },
): Scene {
  const { setup, client, people, raisedBy } = ground;
  const gap = duty === undefined || duty.why === 'gap';
  const route = routeNow(setup, at);
  const every = (role: 'supervisor' | 'director' | 'admin'): string[] =>
    people.filter(({ roles }) => roles.includes(role)).map(({ id }) => id);
  /** Those of the team; where it has none, all of them. */
  const nearest = (role: 'supervisor' | 'director'): string[] => {
    const near = people.filter(({ roles, team }) => roles.includes(role) && team === setup.id).map(({ id }) => id);
    return near.length > 0 ? near : every(role);
  };
  return {
    ground,
    setup,
    businessDay: businessDayOf(setup),
    names: new Map(people.map(({ id, name }) => [id, name])),
    client,
    // A team that keeps no rota has nobody on duty only when nobody is there.
    nobodyOnDuty: route === 'not-staffed' || (gap && (setup.policies.duty !== undefined || !isStaffed(setup, at))),
    route,
    cast: {
      owner: client?.coordinator,
      duty: duty?.person,
      gap,
      supervisors: nearest('supervisor'),
      directors: nearest('director'),
      fallback: setup.crisis.fallback,
      everySupervisor: every('supervisor'),
      admins: every('admin'),
      everybody: new Set(idsOf(people)),
      away,
      raiser: raisedBy,
    },
  };
}

/** The scene of an escalation that is there already, now or at another moment. */
export const sceneOf = (
  work: Work,
  { team, client, raisedBy }: Pick<Escalation, 'team' | 'client' | 'raisedBy'>,
  at: Date = work.now,
): Promise<Scene> => readScene(work, { team, client, raisedBy: raisedBy.id }, at);

/** The ladder for a new run: the team's own for that severity, else the default. */
export function ladderFor({ setup, client }: Scene, severity: Severity): Ladder {
  if (client?.status === 'deceased') return deceasedLadder;
  const usual = defaultLadders[severity];
  const own = setup.policies.escalation?.[severity];
  if (own === undefined) return usual;
  return {
    steps: own.steps,
    acknowledgedFor: own.acknowledgedFor ?? usual.acknowledgedFor,
    needsTwo: own.needsTwo ?? usual.needsTwo,
    repeatEvery: usual.repeatEvery,
  };
}

/** Whom the step after those already told would tell now. */
export function whomNext(
  scene: Scene,
  escalation: Pick<Escalation, 'frozen' | 'step' | 'state' | 'acknowledged'>,
): readonly Told[] {
  const { frozen, step, state, acknowledged } = escalation;
  const rungs: readonly Rung[] = rungsOf(frozen, step);
  // Where nobody is on duty, the person named for that is told from the start.
  const all = step === 0 && scene.nobodyOnDuty && frozen.run === 1 ? withFallback(rungs, scene) : rungs;
  // The first of two has it already: now somebody else is needed.
  const first = state === 'raised' && acknowledged !== undefined ? [acknowledged.by.id] : [];
  return chooseTold(all, scene.cast, first);
}

const withFallback = (rungs: readonly Rung[], { cast }: Scene): readonly Rung[] =>
  cast.fallback === undefined ? rungs : [...rungs, { person: cast.fallback }];
