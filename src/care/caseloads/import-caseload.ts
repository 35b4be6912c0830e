import type { Colleague } from '../../access/records.ts';
import { recordEvents } from '../../audit/record-event.ts';
import { localDate } from '../../chat/local-date.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';
import { enrolClients, findKnownPeople, type ClientToEnrol } from '../clients/enrol-clients.ts';
import { servedStatuses, type ClientIdentity } from '../clients/rules.ts';
import { planFirst } from '../follow-ups/plan-first.ts';
import type { ImportRefusal } from './import-refusal.ts';
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

/** How many clients one statement carries. */
const batchSize = 500;

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
  if (!context.dryRun) {
    for (let from = 0; from < fresh.length; from += batchSize) {
      await enrolRows(tx, fresh.slice(from, from + batchSize), context);
    }
  }
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
  await insertImportedRows(
    tx,
    withRows.map(({ row, id }) => ({ content: row.canonical, client: id })),
    now,
  );
  await planFirst(
    tx,
    withRows.flatMap(({ row, client, id }) => {
      if (client === undefined || !servedStatuses.includes(client.status)) return [];
      const zone = context.zones.get(client.team) ?? 'UTC';
      return [{ client: id, owner: row.coordinator, dueOn: row.nextContactOn ?? localDate(now, zone), zone }];
    }),
    now,
  );
  await recordEvents(
    tx,
    withRows.map(({ row, id, code }) => ({
      actor,
      verb: 'client.import',
      subjectKind: 'client',
      subjectId: id,
      detail: { client: code, row: row.row, coordinator: row.coordinator },
      at: now,
    })),
  );
}

const identityOf = (row: CaseloadRow): ClientIdentity => ({
  fullName: row.fullName,
  birthDate: row.birthDate,
  ...(row.phone === undefined ? {} : { phone: row.phone }),
  ...(row.mrn === undefined ? {} : { recordNumber: row.mrn }),
});
