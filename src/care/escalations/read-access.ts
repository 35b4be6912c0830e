import { isSelf, personOf, requirePerson } from '../../access/actor.ts';
import { allows } from '../../access/policy.ts';
import type { Work } from '../../feature/feature.ts';
import { hasDuty } from '../duty/has-duty.ts';
import { listBrokenGlass } from './break-glass-records.ts';
import type { BreakGlassWhat } from './break-glass-rules.ts';
import type { Scene } from './read-scene.ts';
import type { Escalation } from './records.ts';
import { openStates } from './rules.ts';
import { openedInRun, wasToldByLadder } from './told-rules.ts';

/** Why somebody reaches a client: on record with every time they do. */
export type Because = 'care-team' | 'told' | 'duty' | 'break-glass';

/** How far an escalation opens for one reader, besides who may take it: that is never gated. */
export interface Access {
  /** Why they reach the client now; `ask`: they took it otherwise, and break the glass first. */
  readonly reach: Because | 'ask' | undefined;
  /** Whose words they read: all, or those they wrote themselves. */
  readonly words: 'all' | 'own';
  /** They took it otherwise: others' words are read by breaking the glass. */
  readonly asksForWords: boolean;
}

/** Somebody has taken it, and it is this person. */
const holds = ({ acknowledged, second }: Escalation, person: string): boolean =>
  acknowledged?.by.id === person || second?.by.id === person;

/**
 * On duty for it: by the rota of its team now. And by any team's rota now for what they raised themselves: 988 phones
 * whoever is on duty, about a client of any team, and name and phone are two taps away. Programmes have no walls yet;
 * once they have, this ends at the programme's (docs/authorities.md, "Reach": on duty for it, not across a Part 2 or
 * education wall). Who stands in where the rota names nobody is told by the ladder, or sees the client anyway.
 */
async function isOnDuty(work: Work, escalation: Escalation, { cast }: Scene): Promise<boolean> {
  const person = personOf(work.actor);
  if (person === undefined) return false;
  if (cast.duty === person && !cast.gap) return true;
  return escalation.raisedBy.id === person && (await hasDuty(work.tx, person, work.now));
}

/**
 * What of an escalation opens for this reader. Reach ends with the escalation, and so do duty and break-glass; whoever
 * was told of it, and whoever works with the client, still reads its words afterwards.
 */
export async function findAccess(
  work: Work,
  escalation: Escalation,
  scene: Scene,
  seesClient: boolean,
): Promise<Access> {
  const person = personOf(work.actor);
  const because = await becauseOf(work, escalation, scene, seesClient);
  const open = openStates.includes(escalation.state);
  if (because !== undefined) {
    return { reach: open || because === 'care-team' ? because : undefined, words: 'all', asksForWords: false };
  }
  if (!open || person === undefined) return { reach: undefined, words: 'own', asksForWords: false };
  const broken = await broke(work, escalation);
  const takes = holds(escalation, person);
  const ofSomebody = escalation.client !== undefined || escalation.unknownCode !== undefined;
  return {
    reach: broken.includes('reach') ? 'break-glass' : takes && ofSomebody ? 'ask' : undefined,
    words: broken.includes('words') ? 'all' : 'own',
    asksForWords: takes && !broken.includes('words'),
  };
}

async function becauseOf(
  work: Work,
  escalation: Escalation,
  scene: Scene,
  seesClient: boolean,
): Promise<Because | undefined> {
  const person = personOf(work.actor);
  if (seesClient || seesUnlisted(work, escalation)) return 'care-team';
  if (person !== undefined && wasToldByLadder(escalation, person)) return 'told';
  if (openStates.includes(escalation.state) && (await isOnDuty(work, escalation, scene))) return 'duty';
  return undefined;
}

/**
 * Who may see clients of its team reads what is about somebody in no list. Who typed a code that leads nowhere is told
 * no more of it than of a client they may not see, so that codes cannot be tried out.
 */
function seesUnlisted({ actor }: Work, { client, unknownCode, team, raisedBy }: Escalation): boolean {
  if (client !== undefined) return false;
  const typedIt = unknownCode !== undefined && isSelf(actor, raisedBy.id);
  return allows(actor, 'client.see', actor.team === team && !typedIt ? 'team' : 'organisation');
}

const broke = (work: Work, escalation: Escalation): Promise<readonly BreakGlassWhat[]> =>
  listBrokenGlass(work.tx, {
    escalation: escalation.id,
    person: requirePerson(work.actor).person,
    since: openedInRun(escalation),
  });
