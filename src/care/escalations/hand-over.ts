import type { Work, Events } from '../../feature/feature.ts';
import { beginRun, named, nextRun } from './climb-ladder.ts';
import { sceneOf, type Scene } from './read-scene.ts';
import { findEscalations, type Escalation } from './records.ts';
import { listOpenInvolving } from './list-records.ts';
import { saveChange, setTimers, takeEscalation } from './save-change.ts';
import { tellBeside } from './tell-people.ts';

/**
 * Somebody does not work here any more. What they had taken is back on the ladder under their heir, at once; what
 * waited on them waits on the heir, who is told now; what they were only told of, the heir is told of instead. The
 * ladder goes on.
 */
export async function handOverEscalations(work: Work, { person, heir }: Events['person.left']): Promise<void> {
  for (const id of await listOpenInvolving(work.tx, person)) {
    const escalation = await takeEscalation(work, id);
    if (escalation === undefined) continue;
    const { acknowledged, second, state } = escalation;
    const had = acknowledged?.by.id === person || second?.by.id === person;
    const pass = { from: person, to: heir, reason: 'heir' };
    if (had) await backOnLadder(work, escalation, pass);
    else if (escalation.owner.id === person) await passOn(work, escalation, pass);
    else {
      await setTimers(work, escalation);
      if (state === 'raised') await tellBeside(work, escalation, { person: heir, reason: 'heir' });
    }
  }
}

/** Somebody answers in another's place from now on. `reason` is coded: why they are told. */
interface Pass {
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

async function backOnLadder(work: Work, escalation: Escalation, { from, to, reason }: Pass): Promise<void> {
  const scene = await sceneWithout(work, escalation, from);
  const frozen = nextRun(escalation.frozen, work.now, scene);
  await beginRun(work, escalation, scene, {
    frozen,
    owner: to,
    besides: [{ person: to, reason }],
    happened: { act: 'hand-over', detail: { run: frozen.run, from, to } },
  });
}

async function passOn(work: Work, escalation: Escalation, { from, to, reason }: Pass): Promise<void> {
  const scene = await sceneWithout(work, escalation, from);
  const after = await saveChange(
    work,
    escalation,
    { owner: named(scene, to) },
    { act: 'hand-over', detail: { run: escalation.frozen.run, from, to } },
  );
  await tellBeside(work, after, { person: to, reason });
}

/** Unresolved escalations that somebody answers for, or has acknowledged, in a fixed order. */
export async function listHeldEscalations(
  work: Work,
  person: string,
): Promise<readonly Pick<Escalation, 'id' | 'client'>[]> {
  const open = await findEscalations(work.tx, await listOpenInvolving(work.tx, person));
  return open.filter(({ owner, acknowledged, second }) =>
    [owner.id, acknowledged?.by.id, second?.by.id].includes(person),
  );
}

/**
 * Gives one to a cover, or back. What they had taken is back on the ladder under who has it now, at once, because an
 * acknowledgement is a person's own; else it only changes hands. True when it did.
 */
export async function passEscalation(work: Work, id: string, pass: Pass): Promise<boolean> {
  const escalation = await takeEscalation(work, id);
  if (escalation === undefined) return false;
  const { acknowledged, second, owner, state } = escalation;
  const held = [acknowledged?.by.id, second?.by.id].includes(pass.from);
  if (state === 'resolved' || (!held && owner.id !== pass.from)) {
    await setTimers(work, escalation);
    return false;
  }
  if (held) await backOnLadder(work, escalation, pass);
  else await passOn(work, escalation, pass);
  return true;
}

/** How one stands: who answers, whether somebody took or settled it, who did something in it, and when. */
export interface StandingEscalation {
  readonly id: string;
  readonly owner: string;
  readonly state: Escalation['state'];
  readonly taken: boolean;
  readonly acts: readonly { readonly by: string; readonly at: Date }[];
}

export async function listEscalationStandings(
  work: Work,
  ids: readonly string[],
): Promise<readonly StandingEscalation[]> {
  return (await findEscalations(work.tx, ids)).map(({ id, owner, state, acknowledged, events }) => ({
    id,
    owner: owner.id,
    state,
    taken: acknowledged !== undefined,
    acts: events.filter(({ act }) => act !== 'hand-over'),
  }));
}

/** Whatever the database still says of them at this instant: no step names somebody who leaves. */
async function sceneWithout(work: Work, escalation: Escalation, person: string): Promise<Scene> {
  const scene = await sceneOf(work, escalation);
  const everybody = new Set([...scene.cast.everybody].filter((one) => one !== person));
  return { ...scene, cast: { ...scene.cast, everybody } };
}
