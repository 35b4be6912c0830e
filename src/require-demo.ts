import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import type { FileSettings } from './access/file-settings.ts';
import { readOrganisationFile, type OrganisationFile } from './access/organisation-file.ts';
import { ConfigError } from './config.ts';
import { realThing } from './refuse-local-mode.ts';
import { demoPeople } from './simulator/demo/demo-people.ts';
import type { Store } from './store/store.ts';
import type { OrganisationTransaction } from './store/transaction.ts';

/** Stands among the sources: local mode runs from a checkout. */
const demoFile = fileURLToPath(new URL('../src/simulator/demo/riverside.yaml', import.meta.url));

export async function readDemoFile(settings: FileSettings): Promise<OrganisationFile> {
  const read = readOrganisationFile(parse(await readFile(demoFile, 'utf8')), settings);
  if (!read.ok) throw new Error('the demo organisation file is broken');
  return read.file;
}

/** By what the demonstration's organisation is known. */
const factsSchema = z.object({
  organisation: z.object({ id: z.string() }),
  workspaces: z.array(z.object({ platform: z.string(), externalId: z.string() })),
});

/** Clients whom only the demonstration makes: under these codes, and as its own act in the audit. */
const seedCodes = demoPeople.flatMap(([, , , , , , more]) => more?.code ?? []);
/** There is no such table yet, or no such role: a database nobody has used. */
const nothingThere = new Set(['42P01', '22023']);

/**
 * The one organisation of this database, when the demonstration made it; undefined when there is none yet. Throws
 * ConfigError about any other: the simulator lets everybody act as anybody, so it never opens on somebody's own. Reads
 * any schema from the first one on, and changes nothing.
 */
export async function requireDemo(store: Store): Promise<string | undefined> {
  const [organisation, ...others] = await readOrganisations(store);
  if (organisation === undefined) return undefined;
  const made = others.length === 0 && (await isDemo(store, organisation));
  if (made) return organisation;
  throw new ConfigError([
    'neither Slack nor Teams is configured, and this database holds an organisation that the demonstration did not make: ' +
      `the simulator stays closed. To serve its people, ${realThing}; to try Baton out, name an empty folder in BATON_STATE_DIR`,
  ]);
}

async function readOrganisations(store: Store): Promise<readonly string[]> {
  try {
    return await store.organisations();
  } catch (error) {
    if (error instanceof Error && 'code' in error && nothingThere.has(String(error.code))) return [];
    throw error;
  }
}

/** Marked by its seeding, or, from before there was a mark, known by its seed; and speaking to no workspace but the demo's. */
async function isDemo(store: Store, organisation: string): Promise<boolean> {
  const file = factsSchema.parse(parse(await readFile(demoFile, 'utf8')));
  const ours = file.workspaces.map(({ platform, externalId }) => `${platform} ${externalId}`);
  const facts = await store.inOrganisation(organisation, (tx) => readFacts(tx, ours));
  if (facts === undefined || facts.strange > 0) return false;
  return facts.marked || (organisation === file.organisation.id && facts.seeded === seedCodes.length);
}

interface Facts {
  readonly marked: boolean;
  /** Workspaces that are not the demonstration's. */
  readonly strange: number;
  /** Its seed clients. */
  readonly seeded: number;
}

/** By way of JSON the mark is read where its column is not there yet. */
async function readFacts(tx: OrganisationTransaction, ours: readonly string[]): Promise<Facts | undefined> {
  const rows = await tx.db.$queryRaw<Facts[]>`
    select to_jsonb(o) ->> 'demo_at' is not null as marked,
           (select count(*)::int from workspace w
            where w.organisation_id = o.id and w.platform || ' ' || w.external_id <> all(${[...ours]}::text[])) as strange,
           (select count(distinct c.code)::int from client c
            join audit_event a on a.organisation_id = c.organisation_id and a.subject_kind = 'client'
                              and a.subject_id = c.id::text and a.actor = 'demo' and a.verb = 'client.import'
            where c.organisation_id = o.id and c.code = any(${seedCodes}::text[])) as seeded
    from organisation o where o.id = ${tx.organisation}`;
  return rows[0];
}

/** Marks the organisation as the demonstration's, in its seeding or once it was recognised. */
export async function markDemo(tx: OrganisationTransaction, now: Date): Promise<void> {
  await tx.db
    .$executeRaw`update organisation set demo_at = ${now}::timestamptz where id = ${tx.organisation} and demo_at is null`;
}
