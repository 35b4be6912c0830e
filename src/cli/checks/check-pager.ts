import type { Check, Finding } from './check.ts';

interface Fared {
  readonly parked: number;
  readonly last: Date | null;
}

/** Whether people are rung beside the chat, and how that fared. It only reads what is on record: nobody is paged. */
export const checkPager: Check = async ({ store, pager }) => {
  const findings: Finding[] = [];
  for (const organisation of await store.organisations()) {
    const fared = await store.inOrganisation(organisation, async (tx) => {
      const rows = await tx.db.$queryRaw<Fared[]>`
        select (select count(*)::int from page where organisation_id = ${tx.organisation} and state = 'parked') as parked,
               (select max(sent_at) from page where organisation_id = ${tx.organisation} and state = 'sent') as last`;
      return rows[0] ?? { parked: 0, last: null };
    });
    const { parked, last } = fared;
    if (parked === 0 && last === null && pager === undefined) continue;
    const way = pager === undefined ? 'PAGER_URL and PAGER_SECRET are not set here' : 'set';
    const arrived = last === null ? 'no page has arrived yet' : `the last page arrived ${last.toISOString()}`;
    const given = parked === 0 ? '' : `; ${parked === 1 ? '1 page was' : `${parked} pages were`} given up`;
    findings.push({ check: 'pager', ok: parked === 0, says: `${organisation}: ${way}; ${arrived}${given}` });
  }
  if (findings.length > 0) return findings;
  const says = pager === undefined ? 'not set: nobody is rung beside the chat' : 'set; there is no organisation yet';
  return [{ check: 'pager', ok: true, says }];
};
