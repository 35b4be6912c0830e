import { bySystem } from '../doer.ts';
import type { RecordBroken } from '../store/note-broken.ts';
import { recordEvents } from './record-event.ts';

const brokenVerb = 'seal.broken';

/**
 * A sealed value could not be read: where it stands, and nothing of it. Once a row and day (UTC): the organisation's
 * notes come one after the other, so that two processes do not write the same one.
 */
export const recordBroken: RecordBroken = async (tx, broken, now) => {
  const places = new Map(broken.map((place) => [`${place.table}/${place.column}/${place.row}`, place]));
  await tx.db.$queryRaw`
    select 1 as locked
    from (select pg_advisory_xact_lock(hashtextextended(${`broken/${tx.organisation}`}, 0))) held`;
  const noted = await tx.db.$queryRaw<{ subject: string }[]>`
    select subject_id as subject from audit_event
    where organisation_id = ${tx.organisation} and verb = 'seal.broken' and subject_id = any(${[...places.keys()]}::text[])
      and at >= date_trunc('day', ${now}::timestamptz, 'UTC')`;
  for (const { subject } of noted) places.delete(subject);
  await recordEvents(
    tx,
    [...places].map(([subjectId, { table, column, row }]) => ({
      actor: bySystem,
      verb: brokenVerb,
      subjectKind: 'sealed-value',
      subjectId,
      detail: { table, column, row },
      at: now,
    })),
  );
};
