import type { Work } from '../../feature/feature.ts';
import { findReachable, type Reachable } from './contact-records.ts';
import { freeze } from './ladder.ts';
import { ladderFor, readScene, readSceneAgain, whomNext, type Scene } from './read-scene.ts';
import type { Named } from './records.ts';
import type { Severity } from './rules.ts';

/** Whom a step would tell, were an escalation raised at this moment. */
export interface PlannedStep {
  /** Counted from 1. */
  readonly step: number;
  readonly at: Date;
  readonly people: readonly (Named & { readonly reason: string; readonly phone: Reachable['phone'] })[];
}

export interface PlannedCalls {
  /** As it is at the first step. */
  readonly scene: Scene;
  readonly steps: readonly PlannedStep[];
}

/**
 * Who would be called now, step by step, by the rota and the people of each moment. Reads and changes nothing.
 * `raisedBy`: nobody calls back whoever raised it; undefined where nobody did.
 */
export async function planCalls(
  work: Pick<Work, 'tx' | 'now'>,
  of: { readonly team: string; readonly client: string | undefined; readonly raisedBy: string | undefined },
  severity: Severity,
): Promise<PlannedCalls> {
  const scene = await readScene(work, of, work.now);
  const frozen = freeze(ladderFor(scene, severity), 1, work.now, scene.businessDay);
  const steps: PlannedStep[] = [];
  for (const [done, moment] of frozen.at.entries()) {
    const at = new Date(moment);
    const then = await readSceneAgain(work, scene, at);
    const told = whomNext(then, { frozen, step: done, state: 'raised', acknowledged: undefined });
    const reachable = await findReachable(
      work.tx,
      told.map(({ person }) => person),
      at,
    );
    steps.push({
      step: done + 1,
      at,
      people: told.map(({ person, reason }) => ({
        ...{ id: person, name: then.names.get(person) ?? person, reason },
        phone: reachable.get(person)?.phone,
      })),
    });
  }
  return { scene, steps };
}
