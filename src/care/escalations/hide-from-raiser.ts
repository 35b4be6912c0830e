import { personOf } from '../../access/actor.ts';
import type { Work } from '../../feature/feature.ts';
import { readScene, type Scene } from './read-scene.ts';
import type { Escalation } from './records.ts';

/**
 * An escalation by a code, for whoever raised it and may not see that client: nothing of it tells a code that exists
 * from one that does not. Whose client it is, whom it told and who is next stay with those it told; who took it is said,
 * because the raiser must be able to speak to them. Numbers and duty are those of the raiser's own team.
 */
export async function hideFromRaiser(
  work: Work,
  escalation: Escalation,
  code: string,
): Promise<{ readonly escalation: Escalation; readonly scene: Scene }> {
  const { team } = work.actor;
  const person = personOf(work.actor);
  const taken = escalation.acknowledged !== undefined;
  return {
    escalation: {
      ...escalation,
      client: undefined,
      about: undefined,
      unknownCode: code,
      team,
      teamName: '',
      owner: taken ? escalation.owner : nobody,
      notices: [],
      late: false,
    },
    scene: await readScene(work, { team, client: undefined, raisedBy: person }, work.now),
  };
}

const nobody = { id: '', name: '' } as const;
