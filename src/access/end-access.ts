import { recordEvent } from '../audit/record-event.ts';
import type { Ask } from '../chat/feature.ts';
import {
  countClientsOf,
  deactivatePerson,
  insertDeparture,
  lockDepartures,
  lockLeaver,
  type Departure,
  type DepartureReason,
} from './departures.ts';
import { findHeir } from './find-heir.ts';

interface Leaving {
  readonly person: string;
  readonly reason: DepartureReason;
  /** Who said so: a platform's name, `cli`, `baton`. */
  readonly by: string;
}

/** Further than anything can be due. */
const always = '9999-12-31';

/**
 * Somebody does not work here any more, from this moment and everywhere: refused on every platform, and what they
 * answered for is their heir's, all in the caller's transaction. Undefined when they had left before.
 */
export async function endAccess(ask: Ask, leaving: Leaving): Promise<Omit<Departure, 'personName'> | undefined> {
  await lockDepartures(ask.tx);
  if (!(await lockLeaver(ask.tx, leaving.person))) return undefined;
  await deactivatePerson(ask.tx, leaving.person, ask.now);
  return handOver(ask, leaving);
}

/**
 * Runs a change of many people, e.g. of the organisation's file, and hands over what those had whom it turned away.
 * They are all gone before the first heir is looked for.
 */
export async function withDepartures(
  ask: Ask,
  leaving: Omit<Leaving, 'person'>,
  change: () => Promise<void>,
): Promise<readonly Omit<Departure, 'personName'>[]> {
  await lockDepartures(ask.tx);
  const before = await listActive(ask);
  await change();
  const after = new Set(await listActive(ask));
  const departures = [];
  for (const person of before) {
    if (after.has(person)) continue;
    await lockLeaver(ask.tx, person);
    departures.push(await handOver(ask, { ...leaving, person }));
  }
  return departures;
}

async function listActive(ask: Ask): Promise<readonly string[]> {
  const where = { organisationId: ask.tx.organisation, active: true };
  const rows = await ask.tx.db.person.findMany({ where, select: { id: true }, orderBy: { id: 'asc' } });
  return rows.map(({ id }) => id);
}

async function handOver(ask: Ask, { person, reason, by }: Leaving): Promise<Omit<Departure, 'personName'>> {
  const { tx, now } = ask;
  const due = await ask.due({ people: [person], until: always });
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
  if (heir !== undefined) await ask.publish('person.left', { person, heir });
  return { id, ...departure };
}
