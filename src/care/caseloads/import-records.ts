import type { OrganisationTransaction } from '../../store/transaction.ts';

/** Where an import of a file is. */
export interface CaseloadImport {
  readonly id: string;
  readonly startedAt: Date;
  /** The last record of the file that was dealt with, the header being 1. */
  readonly row: number;
  /** The last record of the file that is to come in. */
  readonly lastRow: number;
  /** How many clients came in by it. */
  readonly imported: number;
}

/** What a file is known by: a keyed hash of its digest and of the team its clients were to go to. */
export const fileToken = (tx: OrganisationTransaction, digest: string, team: string | undefined): Uint8Array =>
  tx.token('import-file', `${digest}/${team ?? ''}`);

/** Imports that did not come to their end, the oldest first, and whether each is of this file. */
export async function listOpenImports(
  tx: OrganisationTransaction,
  file?: Uint8Array,
): Promise<readonly (CaseloadImport & { readonly sameFile: boolean })[]> {
  return tx.db.$queryRaw<(CaseloadImport & { sameFile: boolean })[]>`
    select id::text as id, started_at as "startedAt", row, last_row as "lastRow", imported,
           coalesce(file = ${file ?? null}::bytea, false) as "sameFile"
    from caseload_import where organisation_id = ${tx.organisation} and ended_at is null
    order by started_at, id`;
}

/** Writes down where an import is after its first batch. False where the same file is on its way in already. */
export async function startImport(
  tx: OrganisationTransaction,
  file: Uint8Array,
  at: Omit<CaseloadImport, 'id'>,
): Promise<string | undefined> {
  const id = tx.ids.uuid();
  const made = await tx.db.$executeRaw`
    insert into caseload_import (organisation_id, id, file, started_at, row, last_row, imported)
    values (${tx.organisation}, ${id}::uuid, ${file}::bytea, ${at.startedAt}, ${at.row}, ${at.lastRow}, ${at.imported})
    on conflict do nothing`;
  return made === 1 ? id : undefined;
}

/** Writes down where it is after one batch more. False where somebody else went on with it meanwhile. */
export async function advanceImport(
  tx: OrganisationTransaction,
  before: CaseloadImport,
  to: Pick<CaseloadImport, 'row' | 'lastRow' | 'imported'>,
): Promise<boolean> {
  const moved = await tx.db.$executeRaw`
    update caseload_import set row = ${to.row}, last_row = ${to.lastRow}, imported = ${to.imported}
    where organisation_id = ${tx.organisation} and id = ${before.id}::uuid and row = ${before.row} and ended_at is null`;
  return moved === 1;
}

/** It is over. False where it was before. */
export async function endImport(tx: OrganisationTransaction, id: string, now: Date): Promise<boolean> {
  const ended = await tx.db.$executeRaw`
    update caseload_import set ended_at = ${now}
    where organisation_id = ${tx.organisation} and id = ${id}::uuid and ended_at is null`;
  return ended === 1;
}
