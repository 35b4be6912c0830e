import type { OrganisationTransaction } from '../../store/transaction.ts';
import { makeCode } from './code.ts';
import { findTokenOwners, insertAroundClients, insertClients, takenCodes, type NewClient } from './enrol-records.ts';
import { nameAndBirthKey, type ClientIdentity } from './rules.ts';

export type ClientToEnrol = Omit<NewClient, 'id' | 'code'> & {
  /** A wished-for code, for demonstrations; otherwise one is drawn. */
  readonly code?: string;
};
export interface EnrolledClient {
  readonly id: string;
  readonly code: string;
}

/** How many rows one statement carries. */
const batchSize = 250;

/**
 * Writes many rows, a batch at a time and one batch ahead: while the database writes one, the next is sealed. Never
 * more than two are under way, however long the list.
 */
export async function inBatches<T>(list: readonly T[], write: (batch: readonly T[]) => Promise<void>): Promise<void> {
  let before: Promise<void> = Promise.resolve();
  for (let from = 0; from < list.length; from += batchSize) {
    const written = write(list.slice(from, from + batchSize));
    // Whoever waits for it hears of a failure; until then nobody may take it for one that nobody heard.
    written.catch(() => undefined);
    await before;
    before = written;
  }
  await before;
}

/** Adds clients with fresh codes, in the order given. The caller has authorised it and writes the audit. */
export async function enrolClients(
  tx: OrganisationTransaction,
  clients: readonly ClientToEnrol[],
  now: Date,
): Promise<readonly EnrolledClient[]> {
  const codes = await drawCodes(tx, clients);
  const enrolled = clients.map((client, index) => ({ ...client, id: tx.ids.uuid(), code: codes[index] ?? '' }));
  await inBatches(enrolled, (batch) => insertClients(tx, batch, now));
  await inBatches(enrolled, (batch) => insertAroundClients(tx, batch, now));
  return enrolled.map(({ id, code }) => ({ id, code }));
}

/** Distinct codes that no client has. A million codes a organisation: a few tries are always enough. */
async function drawCodes(tx: OrganisationTransaction, clients: readonly ClientToEnrol[]): Promise<string[]> {
  const chosen = new Set(clients.flatMap((client) => client.code ?? []));
  const fresh: string[] = [];
  const wanted = clients.filter((client) => client.code === undefined).length;
  while (fresh.length < wanted) {
    const drawn = Array.from({ length: wanted - fresh.length }, () => drawCode(tx))
      .filter((code) => code !== undefined)
      .filter((code) => !chosen.has(code));
    const taken = await takenCodes(tx, drawn);
    for (const code of drawn) {
      if (taken.has(code) || chosen.has(code)) continue;
      chosen.add(code);
      fresh.push(code);
    }
  }
  return clients.map((client) => client.code ?? fresh.pop() ?? '');
}

function drawCode(tx: OrganisationTransaction): string | undefined {
  const [a = 0, b = 0, c = 0, d = 0] = tx.ids.bytes(4);
  return makeCode([a, b, c, d]);
}

/** Who of these people is a client already, by record number or by name and birth date: the ids of those clients. */
export async function findKnownPeople(
  tx: OrganisationTransaction,
  identities: readonly ClientIdentity[],
): Promise<(identity: ClientIdentity) => readonly string[]> {
  const numbers = await findTokenOwners(
    tx,
    'mrn',
    identities.flatMap((one) => one.recordNumber ?? []),
  );
  const names = await findTokenOwners(tx, 'name-and-birth', identities.map(nameAndBirthKey));
  return (identity) => [
    ...(identity.recordNumber === undefined ? [] : (numbers.get(identity.recordNumber) ?? [])),
    ...(names.get(nameAndBirthKey(identity)) ?? []),
  ];
}
