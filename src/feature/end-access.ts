import type { Doer } from '../doer.ts';
import { recordEvent } from '../audit/record-event.ts';
import type { Work } from './feature.ts';
import {
  countClientsOf,
  deactivatePerson,
  insertDeparture,
  lockDepartures,
  lockLeaver,
  type Departure,
  type DepartureReason,
} from '../access/departures.ts';
import { findHeir } from '../access/find-heir.ts';

interface Leaving {
  readonly person: string;
  readonly reason: DepartureReason;
  /** Who said so. */
  readonly by: Doer;
}

/** Further than anything can be due. */
const always = '9999-12-31';

/**
 * Somebody does not work here any more, from this moment and everywhere: refused on every platform, and what they
 * answered for is their heir's, all in the caller's transaction. Undefined when they had left before.
 */
export async function endAccess(work: Work, leaving: Leaving): Promise<Omit<Departure, 'personName'> | undefined> {
  await lockDepartures(work.tx);
  if (!(await lockLeaver(work.tx, leaving.person))) return undefined;
  await deactivatePerson(work.tx, leaving.person, work.now);
  return handOver(work, leaving);
}

/**
 * Runs a change of many people, e.g. of the organisation's file, and hands over what those had whom it turned away.
 * They are all gone before the first heir is looked for.
 */
export async function withDepartures(
  work: Work,
  leaving: Omit<Leaving, 'person'>,
  change: () => Promise<void>,
): Promise<readonly Omit<Departure, 'personName'>[]> {
  await lockDepartures(work.tx);
  const before = await listActive(work);
  await change();
  const after = new Set(await listActive(work));
  const departures = [];
  for (const person of before) {
    if (after.has(person)) continue;
    await lockLeaver(work.tx, person);
    departures.push(await handOver(work, { ...leaving, person }));
  }
  return departures;
}

async function listActive(work: Work): Promise<readonly string[]> {
  const where = { organisationId: work.tx.organisation, active: true };
  const rows = await work.tx.db.person.findMany({ where, select: { id: true }, orderBy: { id: 'asc' } });
  return rows.map(({ id }) => id);
}

async function handOver(work: Work, { person, reason, by }: Leaving): Promise<Omit<Departure, 'personName'>> {
  const { tx, now } = work;
  const { items: due } = await work.due({ people: [person], until: always });
  const counts = {
    clients: await countClientsOf(tx, person),
    things: due.filter((item) => item.owner === person).length,
  };
  const heir = await findHeir(tx, person);
  const departure = { person, at: now, reason, heir, ...counts };
  const id = await insertDeparture(tx, departure);
  await recordEvent(tx, {
    actor: by,
    verb: 'person.left',
    subjectKind: 'person',
    subjectId: person,
    detail: { reason, heir: heir ?? null, ...counts },
    at: now,
  });
  if (heir !== undefined) await work.publish('person.left', { person, heir });
  return { id, ...departure };
}
