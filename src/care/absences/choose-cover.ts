import { findAway } from '../../access/find-away.ts';
import { allows, type Verb } from '../../access/policy.ts';
import { findColleague, type Colleague } from '../../access/records.ts';
import type { Work } from '../../feature/feature.ts';
import { relationTo } from '../clients/rules.ts';
import { findGapHolder, findOnDuty } from '../duty/find-on-duty.ts';

/** Who could take over for somebody of this team, first choice first: who has the duty then, and the supervisor. */
export async function listCovers(
  work: Work,
  who: { readonly person: string; readonly team: string },
  at: Date,
): Promise<readonly Colleague[]> {
  const duty = (await findOnDuty(work.tx, who.team, at))?.person;
  const holder = await findGapHolder(work.tx, who.team, at);
  const named = new Set([duty, holder].filter((one) => one !== undefined));
  const away = await findAway(work.tx, [...named], at);
  const covers: Colleague[] = [];
  for (const id of named) {
    if (id === who.person || away.has(id)) continue;
    const colleague = await findColleague(work.tx, id);
    if (colleague !== undefined) covers.push(colleague);
  }
  return covers;
}

/** The one named human who takes a thing over: the first who may act on it for this client. */
export function chooseCover(
  covers: readonly Colleague[],
  verb: Verb,
  client: { readonly team: string; readonly coordinator: string | undefined } | undefined,
): Colleague | undefined {
  return covers.find((one) => {
    const relation = client === undefined ? 'organisation' : relationTo({ person: one.id, team: one.team }, client);
    return allows(one, verb, relation);
  });
}
