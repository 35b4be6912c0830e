import { afterEach, describe, expect, it } from 'vitest';
import { aClient, enrol } from '../helpers/organisation.ts';
import { handOf, openWorld, platforms, type World } from '../helpers/world.ts';

const code = 'K7T2-9';

/** The east team works in New York; Maya lives elsewhere. */
const livingIn = (zone: string) => (text: string) =>
  text.replace('name: Maya Torres, ', `name: Maya Torres, zone: ${zone}, `);

const workingIn = (zone: string) => (text: string) =>
  text.replace('name: East team\n    zone: America/New_York', `name: East team\n    zone: ${zone}`);

describe.each(platforms)('the day of a contact, with a person and a team in two zones, on %s', (platform) => {
  let world: World;
  afterEach(() => world.close());

  it.each([
    // Greenwich is a day ahead, and so is the person.
    { at: '2026-11-24T04:30:00Z', zone: 'Europe/London', day: '2026-11-23', is: '23:30 there, the 24th here' },
    // Greenwich agrees with the team, the person is a day behind.
    { at: '2026-11-24T05:30:00Z', zone: 'America/Los_Angeles', day: '2026-11-24', is: '00:30 there, the 23rd here' },
    // Greenwich is a day ahead, the person agrees with the team.
    { at: '2026-11-24T04:30:00Z', zone: 'America/New_York', day: '2026-11-23', is: '23:30 for both' },
  ])('is the client’s team’s: $is ($zone)', async ({ at, zone, day }) => {
    world = await openWorld({ at, organisation: livingIn(zone) });
    await enrol(world.store, world.clock, [aClient({ code })]);
    expect((await handOf(world, platform, 'maya').types(`log ${code} phone reached 15m`)).text).toContain('Logged');
    const rows = await world.store.inOrganisation('riverside', (tx) => tx.db.contact.findMany());
    expect(rows.map(({ occurredOn, zone: kept }) => [occurredOn.toISOString().slice(0, 10), kept])).toEqual([
      [day, 'America/New_York'],
    ]);
  });

  it.each([
    // The person is a day ahead of the client's team.
    { at: '2026-11-24T06:00:00Z', team: 'America/Los_Angeles', zone: 'America/New_York', day: '2026-11-23' },
    // The person is a day behind.
    { at: '2026-11-24T06:00:00Z', team: 'America/New_York', zone: 'America/Los_Angeles', day: '2026-11-24' },
  ])('stands in the form, and is taken as it stands there: $zone with $team', async ({ at, team, zone, day }) => {
    world = await openWorld({ at, organisation: (text) => livingIn(zone)(workingIn(team)(text)) });
    await enrol(world.store, world.clock, [aClient({ code })]);
    const maya = handOf(world, platform, 'maya');
    const days = async (): Promise<readonly string[]> => {
      const rows = await world.store.inOrganisation('riverside', (tx) =>
        tx.db.contact.findMany({ orderBy: { loggedAt: 'asc' } }),
      );
      return rows.map(({ occurredOn }) => occurredOn.toISOString().slice(0, 10));
    };
    // The client is known as the form opens; then chosen in it; then today is typed, by a line and into the form.
    expect((await maya.types(`log ${code}`)).form?.initial['on']).toBe(day);
    expect((await maya.fills({ outcome: 'reached' })).text).toContain('Logged');
    await maya.types('log');
    expect((await maya.fills({ client: 'search:Dee', outcome: 'reached' })).text).toContain('Logged');
    expect(await days()).toEqual([day, day]);
    expect((await maya.types(`log ${code} phone reached on today`)).text).toContain('Logged');
    await maya.types(`log ${code} phone on today`);
    expect((await maya.fills({ outcome: 'no-answer' })).text).toContain('Logged');
    // What is really ahead of both is refused as ever.
    await maya.types(`log ${code}`);
    expect((await maya.fills({ outcome: 'reached', on: '2026-11-25' })).form?.errors['on']).toBe(
      'This day has not come yet.',
    );
    expect(await days()).toHaveLength(4);
  });
});
