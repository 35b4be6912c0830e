import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Happening } from '../../src/chat/inbound.ts';
import { countStatements, type Counted } from '../helpers/count-statements.ts';
import { aClient, enrol } from '../helpers/organisation.ts';
import { handOf, openWorld, slackTenant, type World } from '../helpers/world.ts';

let world: World;
let followUp = '';
beforeAll(async () => {
  world = await openWorld();
  await enrol(world.store, world.clock, [
    { ...aClient({ code: 'K7T2-9' }), dueOn: '2026-11-23' },
    { ...aClient({ code: 'M4XR-1', name: 'Eve Elm', born: '1981-05-05' }), dueOn: '2026-11-23' },
  ]);
  // Who somebody is was asked, and where they are was noted: what everybody does often is counted, not the first time.
  await handOf(world, 'slack', 'maya').types('help');
  const row = await world.store.inOrganisation('riverside', (tx) => tx.db.followUp.findFirst());
  followUp = row?.id ?? '';
});
afterAll(() => world.close());

/** The one transaction of what Maya does. */
async function countOf(what: Happening): Promise<Counted> {
  const counting = countStatements();
  const delivery = `budget-${JSON.stringify(what)}`;
  const reply = await world.service.receive({
    ...{ platform: 'slack', tenant: slackTenant, user: 'U0MAYA', delivery, what },
    place: { id: 'somewhere', kind: 'direct' },
  });
  const ended = counting.take();
  expect(JSON.stringify(reply)).not.toMatch(/went wrong|so I did nothing|I do not know/);
  const ours = ended.filter(({ statements }) =>
    statements.some((text) => text.includes('insert into inbound_delivery')),
  );
  expect(ours).toHaveLength(1);
  return ours[0] ?? { statements: [], waits: 0 };
}

const typed = (text: string): Happening => ({ kind: 'command', text });
/** What a tap on the first row of the list sends. */
const tapped = (): Happening => ({
  kind: 'button',
  action: 'contacts.missed',
  subject: followUp,
  version: 1,
  choice: 'no-answer',
});
const printed: string[] = [];
afterAll(() => console.log(printed.join('\n')));

it.each([
  { what: 'help', does: () => typed('help'), statements: 6, waits: 2 },
  { what: 'next', does: () => typed('next'), statements: 16, waits: 12 },
  { what: 'a tap on a row of it', does: tapped, statements: 24, waits: 20 },
  { what: 'log in one line', does: () => typed('log K7T2-9 phone reached 15m'), statements: 13, waits: 5 },
  { what: 'escalate CODE crisis', does: () => typed('escalate M4XR-1 crisis'), statements: 55, waits: 30 },
])('$what costs no more than $statements statements and $waits waits', async ({ what, does, statements, waits }) => {
  const counted = await countOf(does());
  printed.push(`${what}: ${counted.statements.length} statements, ${counted.waits} waits`);
  expect(counted.statements.length, counted.statements.join('\n')).toBeLessThanOrEqual(statements);
  expect(counted.waits).toBeLessThanOrEqual(waits);
});
