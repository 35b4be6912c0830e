import type { Doer } from '../../doer.ts';
import type { Colleague } from '../../access/records.ts';
import { recordEvents } from '../../audit/record-event.ts';
import { localDate } from '../../calendar/zones.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';
import { enrolClients, findKnownPeople, inBatches, type ClientToEnrol } from '../clients/enrol-clients.ts';
import { servedStatuses, type ClientIdentity } from '../clients/rules.ts';
import { planFirst } from '../follow-ups/plan-first.ts';
import type { ImportRefusal } from './import-refusal.ts';
import { readEmergencyContact } from './read-emergency-contact.ts';
import type { CaseloadRow } from './read-caseload.ts';
import { findImportedClients, findImportedRows, insertImportedRows } from './records.ts';

/** What is to become of some rows, as the database stands. */
export interface JudgedRows {
  /** They become clients. */
  readonly fresh: readonly CaseloadRow[];
  /** How many came in by the same import before it was interrupted. */
  readonly mine: number;
  /** How many were taken in before, word for word. */
  readonly unchanged: number;
  readonly refused: readonly ImportRefusal[];
}

/**
 * Rows taken in before change nothing, and a row about a client who is here with other details is refused, since a sheet
 * never overwrites a record. Clients of the import itself (`since`: when it began) are no reason to refuse: its own rows
 * were compared with each other when they were read.
 */
export async function judgeRows(
  tx: OrganisationTransaction,
  rows: readonly CaseloadRow[],
  since: Date | undefined,
): Promise<JudgedRows> {
  const before = await findImportedRows(
    tx,
    rows.map((row) => row.canonical),
  );
  const others = rows.filter((row) => !before.has(row.canonical));
  const whoIs = await findKnownPeople(tx, others.map(identityOf));
  const known = others.flatMap((row) => whoIs(identityOf(row)));
  const own = since === undefined ? new Set<string>() : await findImportedClients(tx, known, since);
  const isKnown = (row: CaseloadRow): boolean => whoIs(identityOf(row)).some((client) => !own.has(client));
  const mine = [...before.values()].filter((at) => at.getTime() === since?.getTime()).length;
  return {
    fresh: others.filter((row) => !isKnown(row)),
    mine,
    unchanged: rows.length - others.length - mine,
    refused: others.filter(isKnown).map((row) => ({ row: row.row, column: '', code: 'client-exists' })),
  };
}

export interface ImportContext {
  readonly actor: Doer;
  readonly now: Date;
  /** When the import began. */
  readonly since: Date;
  readonly coordinators: readonly Colleague[];
  /** Zone of each team, by id. */
  readonly zones: ReadonlyMap<string, string>;
  /** Puts every client in this team instead of the coordinator's. */
  readonly team?: string;
}

/** Rows that were judged fresh become clients of the coordinator they name. */
export async function takeRowsIn(
  tx: OrganisationTransaction,
  rows: readonly CaseloadRow[],
  context: ImportContext,
): Promise<void> {
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
      context.since,
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
