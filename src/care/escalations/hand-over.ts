import type { Ask, Events } from '../../chat/feature.ts';
import { beginRun, named, nextRun } from './climb-ladder.ts';
import { sceneOf, type Scene } from './read-scene.ts';
import type { Escalation } from './records.ts';
import { listOpenInvolving } from './list-records.ts';
import { saveChange, setTimers, takeEscalation } from './save-change.ts';
import { tellBeside } from './tell-people.ts';

/**
 * Somebody does not work here any more. What they had taken is back on the ladder under their heir, at once; what
 * waited on them waits on the heir, who is told now; what they were only told of, the heir is told of instead. The
 * ladder goes on.
 */
export async function handOverEscalations(ask: Ask, { person, heir }: Events['person.left']): Promise<void> {
  for (const id of await listOpenInvolving(ask.tx, person)) {
    const escalation = await takeEscalation(ask, id);
    if (escalation === undefined) continue;
    const { acknowledged, second, state } = escalation;
    const had = acknowledged?.by.id === person || second?.by.id === person;
    if (had) await backUnderHeir(ask, escalation, person, heir);
    else if (escalation.owner.id === person) await passOn(ask, escalation, person, heir);
    else {
      await setTimers(ask, escalation);
      if (state === 'raised') await tellBeside(ask, escalation, { person: heir, reason: 'heir' });
    }
  }
}

async function backUnderHeir(ask: Ask, escalation: Escalation, person: string, heir: string): Promise<void> {
  const scene = await sceneWithout(ask, escalation, person);
  const frozen = nextRun(escalation.frozen, ask.now, scene);
  await beginRun(ask, escalation, scene, {
    frozen,
    owner: heir,
    besides: [{ person: heir, reason: 'heir' }],
    happened: { act: 'hand-over', detail: { run: frozen.run, from: person, to: heir } },
  });
}

async function passOn(ask: Ask, escalation: Escalation, person: string, heir: string): Promise<void> {
  const scene = await sceneWithout(ask, escalation, person);
  const after = await saveChange(
    ask,
    escalation,
    { owner: named(scene, heir) },
    { act: 'hand-over', detail: { run: escalation.frozen.run, from: person, to: heir } },
  );
  await tellBeside(ask, after, { person: heir, reason: 'heir' });
}

/** Whatever the database still says of them at this instant: no step names somebody who leaves. */
async function sceneWithout(ask: Ask, escalation: Escalation, person: string): Promise<Scene> {
  const scene = await sceneOf(ask, escalation);
  const everybody = new Set([...scene.cast.everybody].filter((one) => one !== person));
  return { ...scene, cast: { ...scene.cast, everybody } };
}
