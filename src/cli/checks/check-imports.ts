import { listOpenImports } from '../../care/caseloads/import-records.ts';
import { describeStart, describeUnfinished } from '../import/describe-import.ts';
import { isImporting } from '../import/only-one-import.ts';
import type { Check, Finding } from './check.ts';

/** A file of which only a part came in, and of which nobody was told. One that is on its way is no fault. */
export const checkImports: Check = async (house) => {
  const findings: Finding[] = [];
  for (const organisation of await house.store.organisations()) {
    const open = await house.store.inOrganisation(organisation, (tx) => listOpenImports(tx));
    const running = open.length > 0 && (await isImporting(house, organisation));
    const says = open
      .map((one) => `of ${describeStart(one)} into ${organisation}: ${describeUnfinished(one)}`)
      .join('; ');
    if (open.length === 0)
      findings.push({ check: 'imports', ok: true, says: `none into ${organisation} is unfinished` });
    else if (running)
      findings.push({ check: 'imports', ok: true, note: true, says: `one into ${organisation} is going on` });
    else findings.push({ check: 'imports', ok: false, says: `interrupted: ${says}` });
  }
  return findings;
};
