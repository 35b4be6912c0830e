import type { Button } from '../../chat/card.ts';
import { reachButton } from '../clients/reach-buttons.ts';
import type { MayReach } from '../clients/reach-client.ts';
import { handOf, wasTold } from './find-actable.ts';
import { listOpenAbout } from './list-records.ts';
import type { Escalation } from './records.ts';
import { openStates } from './rules.ts';
import type { SeenEscalation } from './view-escalation.ts';

/** Who must act now, or may: answers for it, has taken it, or was told of it by the ladder. */
const responds = (escalation: Escalation, person: string): boolean =>
  escalation.owner.id === person || escalation.second?.by.id === person || wasTold(escalation, person);

/**
 * Whoever was told of an open escalation about a client, and may take it, reaches that client whatever team they are
 * of: a ladder climbs out of the team, and at night it may end with somebody who has never met the client. It ends with
 * the escalation. Authority: disclosure to who can lessen a serious threat, 45 CFR 164.512(j); minimum necessary
 * otherwise, 164.502(b).
 */
export const mayReachWhenTold: MayReach = async (ask, client) => {
  const open = await listOpenAbout(ask.tx, client);
  return open.some((one) => handOf(ask, one).answers && responds(one, ask.actor.person));
};

/** The button on a private card, for those it would serve. */
export function offerReach({ escalation, scene, hand, seesClient }: SeenEscalation): readonly Button[] {
  const { client } = scene;
  if (client === undefined || !openStates.includes(escalation.state)) return [];
  return seesClient || (hand.answers && responds(escalation, hand.person)) ? [reachButton(client.id)] : [];
}
