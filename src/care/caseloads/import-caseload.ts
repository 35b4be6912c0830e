import type { Colleague } from '../../access/records.ts';
import { recordEvents } from '../../audit/record-event.ts';
import { localDate } from '../../chat/local-date.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';
import { enrolClients, findKnownPeople, inBatches, type ClientToEnrol } from '../clients/enrol-clients.ts';
import { servedStatuses, type ClientIdentity } from '../clients/rules.ts';
import { planFirst } from '../follow-ups/plan-first.ts';
import type { ImportRefusal } from './import-refusal.ts';
import { readEmergencyContact } from './read-emergency-contact.ts';
import type { CaseloadRow, ImportReading } from './read-caseload.ts';
import { findImportedRows, insertImportedRows } from './records.ts';

export interface ImportResult {
  /** Records that hold anything at all. */
  readonly rows: number;
  readonly imported: number;
  /** Rows that were taken in before, word for word. */
  readonly unchanged: number;
  readonly refused: readonly ImportRefusal[];
}

/**
 * Takes a read sheet in: good rows become clients of the coordinator they name, rows taken in before change nothing,
 * and a row about a client who is here with other details is refused, since a sheet never overwrites a record.
 */
export async function importCaseload(
  tx: OrganisationTransaction,
  reading: ImportReading,
  context: {
    actor: string;
    now: Date;
    coordinators: readonly Colleague[];
    /** Zone of each team, by id. */
    zones: ReadonlyMap<string, string>;
    /** Puts every client in this team instead of the coordinator's. */
    team?: string;
    dryRun: boolean;
  },
): Promise<ImportResult> {
  const before = await findImportedRows(
    tx,
    reading.accepted.map((row) => row.canonical),
  );
  const isKnown = await findKnownPeople(tx, reading.accepted.map(identityOf));
  const fresh: CaseloadRow[] = [];
  const refused: ImportRefusal[] = [...reading.refused];
  let unchanged = 0;
  for (const row of reading.accepted) {
    if (before.has(row.canonical)) unchanged += 1;
    else if (isKnown(identityOf(row))) refused.push({ row: row.row, column: '', code: 'client-exists' });
    else fresh.push(row);
  }
  if (!context.dryRun && fresh.length > 0) await enrolRows(tx, fresh, context);
  return {
    rows: reading.rows,
    imported: fresh.length,
    unchanged,
    refused: refused.sort((a, b) => a.row - b.row),
  };
}

type Context = Parameters<typeof importCaseload>[2];

async function enrolRows(tx: OrganisationTransaction, rows: readonly CaseloadRow[], context: Context): Promise<void> {
  const { actor, now } = context;
  const teamOf = new Map(context.coordinators.map((person) => [person.id, person.team]));
  const clients = rows.map((row): ClientToEnrol => {
    const team = context.team ?? teamOf.get(row.coordinator);
    if (team === undefined) throw new Error('an accepted row names a coordinator who is not there');
    return {
      identity: identityOf(row),
      status: row.status,
      // A tier is a decision nobody has made yet: the middle one is followed closely enough until somebody does.
      tier: row.tier ?? 'medium',
      team,
      coordinator: row.coordinator,
      preferences: {},
      ...(row.notes === undefined ? {} : { background: row.notes }),
      ...(row.programme === undefined ? {} : { programme: row.programme }),
      ...(row.payer === undefined ? {} : { payer: row.payer }),
      ...(row.enrolledOn === undefined ? {} : { enrolledOn: row.enrolledOn }),
      ...(row.lastContactOn === undefined ? {} : { lastContactOn: row.lastContactOn }),
    };
  });
  const enrolled = await enrolClients(tx, clients, now);
  const withRows = rows.map((row, index) => ({
    row,
    client: clients[index],
    id: enrolled[index]?.id ?? '',
    code: enrolled[index]?.code ?? '',
  }));
  const todayIn = new Map([...context.zones.values(), 'UTC'].map((zone) => [zone, localDate(now, zone)]));
  await inBatches(withRows, async (batch) => {
    await insertImportedRows(
      tx,
      batch.map(({ row, id }) => ({ content: row.canonical, client: id })),
      now,
    );
    await planFirst(
      tx,
      batch.flatMap(({ row, client, id }) => {
        if (client === undefined || !servedStatuses.includes(client.status)) return [];
        const zone = context.zones.get(client.team) ?? 'UTC';
        const dueOn = row.nextContactOn ?? todayIn.get(zone) ?? localDate(now, zone);
        return [{ client: id, owner: row.coordinator, dueOn, zone }];
      }),
      now,
    );
    await recordEvents(
      tx,
      batch.map(({ row, id, code }) => ({
        actor,
        verb: 'client.import',
        subjectKind: 'client',
        subjectId: id,
        detail: { client: code, row: row.row, coordinator: row.coordinator },
        at: now,
      })),
    );
  });
}

const identityOf = (row: CaseloadRow): ClientIdentity => ({
  fullName: row.fullName,
  birthDate: row.birthDate,
  ...(row.phone === undefined ? {} : { phone: row.phone }),
  ...(row.address === undefined ? {} : { address: row.address }),
  ...readEmergencyContact(row),
  ...(row.mrn === undefined ? {} : { recordNumber: row.mrn }),
});
