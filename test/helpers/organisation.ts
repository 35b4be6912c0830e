import { byCommandLine } from '../../src/doer.ts';
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { applyOrganisation, type OrganisationChange } from '../../src/access/apply-organisation.ts';
import { readOrganisationFile, type OrganisationFile } from '../../src/access/organisation-file.ts';
import { enrolClients, type ClientToEnrol, type EnrolledClient } from '../../src/care/clients/enrol-clients.ts';
import { planFirst } from '../../src/care/follow-ups/plan-first.ts';
import type { Clock } from '../../src/clock.ts';
import type { Store } from '../../src/store/store.ts';
import { collectedFeatures } from '../../src/app.ts';

/** The sample organisation, read; `change` edits its text first. */
export async function readSample(change: (text: string) => string = (text) => text): Promise<OrganisationFile> {
  sample ??= readFile(new URL('../fixtures/org.yaml', import.meta.url), 'utf8');
  const text = change(await sample);
  const known = samples.get(text);
  if (known !== undefined) return known;
  const read = readOrganisationFile(parse(text), collectedFeatures.settings);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  samples.set(text, read.file);
  return read.file;
}
let sample: Promise<string> | undefined;
/** By their text: most tests read the same. */
const samples = new Map<string, OrganisationFile>();

/** Makes the organisation what the file says. */
export async function applyFile(
  store: Store,
  file: OrganisationFile,
  clock: Clock,
): Promise<readonly OrganisationChange[]> {
  await store.createOrganisation({ id: file.organisation.id, name: file.organisation.name });
  return store.inOrganisation(file.organisation.id, (tx) =>
    applyOrganisation(tx, file, { actor: byCommandLine, now: clock.now() }),
  );
}

/** A client with everything a test does not care about filled in. */
export function aClient(given: Partial<ClientToEnrol> & { name?: string; born?: string } = {}): ClientToEnrol {
  const { name = 'Dan Dee', born = '1974-03-01', ...rest } = given;
  return {
    identity: { fullName: name, birthDate: born, phone: '555-0101' },
    status: 'active',
    tier: 'medium',
    team: 'east',
    coordinator: 'maya',
    preferences: {},
    ...rest,
  };
}

/** Enrols clients, each with a follow-up due on a day for their coordinator. */
export async function enrol(
  store: Store,
  clock: Clock,
  clients: readonly (ClientToEnrol & { dueOn?: string })[],
  organisation = 'riverside',
): Promise<readonly EnrolledClient[]> {
  return store.inOrganisation(organisation, async (tx) => {
    const enrolled = await enrolClients(
      tx,
      clients.map(({ dueOn: _dueOn, ...client }) => client),
      clock.now(),
    );
    const planned = clients.flatMap((client, index) => {
      const id = enrolled[index]?.id;
      return client.dueOn === undefined || id === undefined
        ? []
        : [{ client: id, owner: client.coordinator, dueOn: client.dueOn, zone: 'America/New_York' }];
    });
    await planFirst(tx, planned, clock.now());
    return enrolled;
  });
}
