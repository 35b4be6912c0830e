import type { FileSettings } from './access/file-settings.ts';
import { byImport } from './doer.ts';
import { applyOrganisation } from './access/apply-organisation.ts';
import { recordEvents } from './audit/record-event.ts';
import { enrolClients } from './care/clients/enrol-clients.ts';
import { servedStatuses } from './care/clients/rules.ts';
import { planFirst } from './care/follow-ups/plan-first.ts';
import { localDate } from './calendar/zones.ts';
import { markDemo, readDemoFile, requireDemo } from './require-demo.ts';
import { demoClients } from './simulator/demo/demo-clients.ts';
import type { Store } from './store/store.ts';

/** The demo organisation: made where there is none, marked where an older Baton made it. Never another one. */
export async function openDemo(store: Store, settings: FileSettings, now: Date): Promise<string> {
  if ((await requireDemo(store)) === undefined) await seedDemo(store, settings, now);
  // Somebody may have been first between the question and the seed.
  const organisation = await requireDemo(store);
  if (organisation === undefined) throw new Error('the demo organisation went away');
  await store.inOrganisation(organisation, (tx) => markDemo(tx, now));
  return organisation;
}

/** Makes the demo organisation and its synthetic clients. The organisation's people see names in forms: nobody is real. */
async function seedDemo(store: Store, settings: FileSettings, now: Date): Promise<void> {
  const file = await readDemoFile(settings);
  const organisation = { ...file.organisation, namesInForms: true };
  // All or nothing: two services may start at once in one folder, and one may be killed half way.
  await store.createOrganisation(organisation, async (tx) => {
    await applyOrganisation(tx, { ...file, organisation }, { actor: byImport('demo'), now });
    await markDemo(tx, now);
    const zones = new Map(file.teams.map((team) => [team.id, team.zone]));
    const teamOf = new Map(file.people.map((person) => [person.id, person.team]));
    const clients = demoClients(localDate(now, zones.get('east') ?? 'UTC'));
    const enrolled = await enrolClients(
      tx,
      clients.map(({ fullName, birthDate, phone, nextContactOn: _nextContactOn, coordinator, ...rest }) => ({
        ...rest,
        identity: { fullName, birthDate, phone },
        coordinator,
        team: teamOf.get(coordinator) ?? 'east',
      })),
      now,
    );
    const withIds = clients.map((client, index) => ({
      client,
      id: enrolled[index]?.id ?? '',
      code: enrolled[index]?.code ?? '',
    }));
    await planFirst(
      tx,
      withIds.flatMap(({ client, id }) => {
        if (client.nextContactOn === undefined || !servedStatuses.includes(client.status)) return [];
        const zone = zones.get(teamOf.get(client.coordinator) ?? '') ?? 'UTC';
        return [{ client: id, owner: client.coordinator, dueOn: client.nextContactOn, zone }];
      }),
      now,
    );
    await recordEvents(
      tx,
      withIds.map(({ client, id, code }) => ({
        actor: byImport('demo'),
        verb: 'client.import',
        subjectKind: 'client',
        subjectId: id,
        detail: { client: code, coordinator: client.coordinator },
        at: now,
      })),
    );
  });
}
