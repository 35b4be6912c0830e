import { isSelf } from '../../access/actor.ts';
import { byPerson, bySystem } from '../../doer.ts';
import type { Work } from '../../feature/feature.ts';
import type { Told } from './choose-told.ts';
import { freeze, isLate, nextMoment, type Frozen, type Ladder } from './ladder.ts';
import { sceneOf, whomNext, type Scene } from './read-scene.ts';
import type { Escalation, Named } from './records.ts';
import { saveChange, setTimers, takeEscalation } from './save-change.ts';
import { tellPeople, tellPlace } from './tell-people.ts';
import type { Changed } from './write-records.ts';

/** Why a step is made, and what else it brings. */
export interface Step {
  /** When it was to be made. */
  readonly planned: Date;
  /** `undefined`: by the ladder itself. */
  readonly by: string | undefined;
  /** Told besides, whatever the ladder says. */
  readonly besides?: readonly Told[];
  /** Who answers for it from now on, when that is not whom the ladder names first. */
  readonly owner?: string;
  /** What else changes with it. */
  readonly change?: Partial<Changed>;
}

/**
 * Makes the next step of a locked escalation's ladder: whom it tells, whose it is from now on, when the one after it
 * comes. Whom it names is decided now, from who works here and has the duty now; that it comes is never decided anew.
 */
export async function climbLadder(work: Work, before: Escalation, scene: Scene, step: Step): Promise<Escalation> {
  const changed: Escalation = { ...before, ...step.change };
  const done = changed.step + 1;
  const people = union(whomNext(scene, changed), step.besides ?? []);
  const late = step.by === undefined && isLate(step.planned, work.now);
  // The second step means that nobody took it in the time there was.
  const missed = step.by === undefined && done > 1 && changed.acknowledged === undefined;
  const owner = changed.acknowledged === undefined ? (step.owner ?? people[0]?.person) : changed.owner.id;
  const nextAt = nextMoment(changed.frozen, done, work.now, scene.businessDay);
  const after = await saveChange(
    work,
    before,
    {
      ...step.change,
      step: done,
      owner: owner === undefined ? changed.owner : named(scene, owner),
      late: changed.late || late || missed,
      frozen: { ...changed.frozen, nextAt: nextAt.toISOString() },
    },
    {
      act: step.by === undefined ? 'step' : 'escalate-further',
      by: step.by === undefined ? bySystem : byPerson(step.by),
      detail: {
        run: changed.frozen.run,
        step: done,
        planned: step.planned.toISOString(),
        actual: work.now.toISOString(),
        late,
        owner: owner ?? changed.owner.id,
        told: people.map(({ person }) => person).join(' '),
      },
    },
  );
  await tellPeople(work, after, done, people);
  if (done === 1 && scene.setup.hasPlace && scene.client?.status !== 'deceased') await tellPlace(work, after);
  return after;
}

/** Whom the next step would tell now: those who do not know of it yet, or all of them where everybody does. */
export async function findFresh(work: Work, escalation: Escalation): Promise<readonly Told[]> {
  const next = whomNext(await sceneOf(work, escalation), escalation).filter(
    ({ person }) => !isSelf(work.actor, person),
  );
  const known = new Set(escalation.notices.flatMap(({ person }) => (person === undefined ? [] : [person.id])));
  const fresh = next.filter(({ person }) => !known.has(person));
  return fresh.length > 0 ? fresh : next;
}

const union = (first: readonly Told[], more: readonly Told[]): readonly Told[] => [
  ...first,
  ...more.filter(({ person }) => !first.some((one) => one.person === person)),
];

export const named = ({ names }: Pick<Scene, 'names'>, id: string): Named => ({ id, name: names.get(id) ?? id });

/** The ladder of the present run begun anew, from a moment. */
export function nextRun(frozen: Frozen, startedAt: Date, scene: Scene, ladder: Ladder = frozen): Frozen {
  return freeze(ladder, frozen.run + 1, startedAt, scene.businessDay);
}

/** Begins a run: its first step now when its moment has come, else when it comes. */
export async function beginRun(
  work: Work,
  before: Escalation,
  scene: Scene,
  run: {
    readonly frozen: Frozen;
    readonly owner?: string;
    readonly besides?: readonly Told[];
    readonly happened: Parameters<typeof saveChange>[3];
  },
): Promise<Escalation> {
  const fresh = {
    state: 'raised',
    frozen: run.frozen,
    step: 0,
    acknowledged: undefined,
    second: undefined,
    remindAt: undefined,
    expiresAt: undefined,
    resolved: undefined,
  } as const;
  const owner = run.owner ?? whomNext(scene, { ...before, ...fresh })[0]?.person ?? before.owner.id;
  const begun = await saveChange(work, before, { ...fresh, owner: named(scene, owner) }, run.happened);
  const first = new Date(run.frozen.nextAt);
  const besides = run.besides ?? [];
  if (first > work.now) {
    // Whoever is told besides hears of it at once; the ladder waits for its day.
    await tellPeople(work, begun, 0, besides);
    return begun;
  }
  return climbLadder(work, begun, scene, {
    planned: first,
    by: undefined,
    besides,
    ...(run.owner === undefined ? {} : { owner: run.owner }),
  });
}

/** The timer of a step: makes the step that was planned for that moment, and no other. */
export async function stepWhenDue(work: Work, { subject, dueAt }: { subject: string; dueAt: Date }): Promise<void> {
  const escalation = await takeEscalation(work, subject);
  if (escalation === undefined) return;
  if (escalation.state !== 'raised' || new Date(escalation.frozen.nextAt) > work.now)
    return setTimers(work, escalation);
  const scene = await sceneOf(work, escalation);
  await climbLadder(work, escalation, scene, { planned: dueAt, by: undefined });
}
