import { describeDatabaseFailure } from '../store/describe-failure.ts';
import { checkDatabase } from './checks/check-database.ts';
import { checkOrganisations } from './checks/check-organisations.ts';
import { checkImports } from './checks/check-imports.ts';
import { checkLogins } from './checks/check-logins.ts';
import { checkSealedValues } from './checks/check-sealed-values.ts';
import { checkWay } from './checks/check-way.ts';
import { checkPager } from './checks/check-pager.ts';
import { checkPhones } from './checks/check-phones.ts';
import type { Check, Finding } from './checks/check.ts';
import type { CliCommand, CommandHouse } from './command.ts';

/** Everything that is looked at, in this order; the name stands in the finding when the check itself fails. */
const checks: readonly (readonly [name: string, check: Check])[] = [
  ['database', checkDatabase],
  ['way to the database', checkWay],
  ['organisation', checkOrganisations],
  ['logins', checkLogins],
  ['sealed values', checkSealedValues],
  ['phones', checkPhones],
  ['pager', checkPager],
  ['imports', checkImports],
];

export const doctor: CliCommand = {
  name: 'doctor',
  usage: 'doctor',
  summary: 'Look at the database, its roles, keys and organisations, and say what needs a look; changes nothing',
  schema: 'looks',
  async run(house) {
    const findings: Finding[] = [];
    for (const [name, check] of checks) findings.push(...(await tryCheck(name, check, house)));
    return {
      exit: findings.every((one) => one.ok) ? 0 : 1,
      text: findings.map((one) => `${markOf(one)} ${one.check}: ${one.says}`).join('\n'),
      json: { checks: findings },
    };
  },
};

const markOf = ({ ok, note }: Finding): string => (!ok ? 'look' : note === true ? 'note' : 'ok  ');

/** One check that cannot be made hides nothing of the others. An unknown error may quote values: it is not repeated. */
async function tryCheck(name: string, check: Check, house: CommandHouse): Promise<readonly Finding[]> {
  try {
    return await check(house);
  } catch (error) {
    const says = describeDatabaseFailure(error) ?? 'could not be looked at as the database stands';
    return [{ check: name, ok: false, says }];
  }
}
