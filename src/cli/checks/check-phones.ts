import { listRungsWithoutNumber, sayRung } from '../../care/escalations/check-numbers.ts';
import type { Check, Finding } from './check.ts';

/** Chat is no pager: rungs of ladders on which somebody stands whom nobody can call. Advice, which fails nothing. */
export const checkPhones: Check = async ({ store, clock }) => {
  const findings: Finding[] = [];
  for (const organisation of await store.organisations()) {
    const rungs = await store.inOrganisation(organisation, (tx) => listRungsWithoutNumber(tx, clock.now()));
    const says = `no number to call (phone: in the organisation's file): ${rungs.map(sayRung).join('; ')}`;
    findings.push(
      rungs.length === 0
        ? { check: 'phones', ok: true, says: `every rung of ${organisation} has a number to call` }
        : { check: 'phones', ok: true, says, note: true },
    );
  }
  return findings;
};
