import path from 'node:path';
import pg from 'pg';
import { importFile } from '../../dist/cli/import/import-file.js';
import { parseArguments } from '../../dist/cli/parse-arguments.js';
import { copy } from '../copy.mjs';
import { asOrganisation, withoutRowSecurity } from '../databases.mjs';
import { interleave, milliseconds, resultOf } from '../measure.mjs';
import { writeSheet } from '../organisation.mjs';

const rounds = 7;
const rows = 1_000;
/** In the order of their foreign keys. */
const tables = ['client', 'client_token', 'coordinator_assignment', 'follow_up', 'imported_row', 'audit_event'];

/**
 * A spreadsheet taken in (read, checked, encrypted, indexed, audited), beside COPY of the very rows that came of it.
 */
export async function benchImport({ openHouse, server, template, folder, people }) {
  const sheet = path.join(folder, 'import.csv');
  await writeSheet(sheet, people, rows, 'Grace');
  let before;

  // Each time in a fresh database; all of them go with the server's folder.
  let made = 0;
  const createDatabase = () => server.create(`import_${(made += 1)}`, template);

  const baton = async () => {
    const url = await createDatabase();
    const house = openHouse(url);
    try {
      // The first question of a connection pays for opening it; an import is not about that.
      await house.store.organisations();
      await house.store.inOrganisation('bench', () => Promise.resolve());
      let said;
      const taken = await milliseconds(async () => {
        said = await importFile.run(house, parseArguments(['caseload', sheet]));
      });
      if (said.json.imported !== rows)
        throw new Error(`imported ${said.json.imported} of ${rows}: ${said.text.slice(0, 500)}`);
      before = await takeOut(url);
      return rows / (taken / 1_000);
    } finally {
      await house.store.close();
    }
  };
  const floor = async () => {
    const url = await createDatabase();
    await withoutRowSecurity(url);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      const taken = await milliseconds(async () => {
        await client.query('begin');
        for (const [table, data] of before) await copy(client, `copy ${table} from stdin`, data);
        await client.query('commit');
      });
      return rows / (taken / 1_000);
    } finally {
      await client.end();
    }
  };
  await interleave(1, { baton, floor });
  const perSecond = await interleave(rounds, { baton, floor });
  return [
    resultOf({
      name: `caseload import, ${rows} rows`,
      counterpart: 'COPY of the same rows',
      ours: perSecond.baton,
      theirs: perSecond.floor,
      unit: 'clients/s',
    }),
  ];
}

/** What the import wrote, as COPY writes it. */
async function takeOut(url) {
  const client = new pg.Client({ connectionString: url, ...asOrganisation });
  await client.connect();
  try {
    const taken = [];
    for (const table of tables) {
      const since = table === 'audit_event' ? ` where verb = 'client.import'` : '';
      taken.push([table, await copy(client, `copy (select * from ${table}${since}) to stdout`)]);
    }
    return taken;
  } finally {
    await client.end();
  }
}
