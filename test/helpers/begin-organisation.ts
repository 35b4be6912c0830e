import type { OrganisationFile } from '../../src/access/organisation-file.ts';
import { recordBroken } from '../../src/audit/record-broken.ts';
import type { Clock } from '../../src/clock.ts';
import { randomIds } from '../../src/ids.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { createDatabase, type TestDatabase } from './database.ts';
import { applyFile } from './organisation.ts';

/** By what was applied and when: databases to copy, from the second world on that begins alike. */
const begun = new Map<string, Promise<string> | undefined>();

interface Opened {
  readonly database: TestDatabase;
  readonly store: Store;
}

/** The organisation of a file on a database of its own; a copy, where the same was begun before. */
export async function beginOrganisation(
  clock: Clock,
  file: OrganisationFile,
  options: { placesKnown?: boolean; databaseThrough?: (url: string) => Promise<string> },
): Promise<Opened> {
  const { placesKnown = true, databaseThrough } = options;
  const open = async (template?: string): Promise<Opened> => {
    const database = await createDatabase(template);
    const url = (await databaseThrough?.(database.url)) ?? database.url;
    return {
      database,
      // Few connections: each new one has to learn the schema first, and a world lives for seconds.
      store: openStore({
        ...{ url, clock, ids: randomIds, connections: 4, recordBroken },
        masterKey: new Uint8Array(32).fill(5),
      }),
    };
  };
  const begin = async (): Promise<Opened> => {
    const opened = await open();
    await applyFile(opened.store, file, clock);
    if (placesKnown) {
      const at = { data: { checkedAt: clock.now() } };
      await opened.store.inOrganisation('riverside', (tx) => tx.db.teamPlace.updateMany(at));
    }
    return opened;
  };
  const key = JSON.stringify([clock.now(), file, placesKnown]);
  // A way of its own leads to one database only.
  if (databaseThrough !== undefined) return begin();
  if (!begun.has(key)) {
    begun.set(key, undefined);
    return begin();
  }
  const template =
    begun.get(key) ??
    begin().then(async ({ database, store }) => {
      await store.close();
      return database.name;
    });
  begun.set(key, template);
  return open(await template);
}
