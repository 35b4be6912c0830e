import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClient, enrol } from '../helpers/organisation.ts';
import { startSecondService } from '../helpers/second-service.ts';
import { textOf, type Hand } from '../helpers/screen.ts';
import { handOf, openWorld, platforms, slackTenant, teamsTenant, type World } from '../helpers/world.ts';
import { auditOf, forgePress } from './reach-scene.ts';
import { flat, onlyOn } from './refer-scene.ts';

const minute = 60_000;
const users = {
  maya: { slack: 'U0MAYA', teams: '0a000000-0000-4000-8000-0000000000a1' },
  dana: { slack: 'U0DANA', teams: '0a000000-0000-4000-8000-00000000b004' },
} as const;

/** Sara is the administrator; few looks are usual where a test says so. */
const few = (looking: string) => (text: string) =>
  text
    .replace('  privacy: minimal', `  privacy: minimal\n  looking: ${looking}`)
    .replace('roles: [coordinator], team: east, fte: 0.5', 'roles: [admin], team: east, fte: 0.5');

/** Clients of Jon, of Maya's team. */
const enrolJons = async (world: World, count: number): Promise<readonly { id: string; code: string }[]> =>
  enrol(
    world.store,
    world.clock,
    Array.from({ length: count }, (_, index) => aClient({ name: `Pat Number${index}`, coordinator: 'jon' })),
  );

const told = (hand: Hand, words: string): string[] =>
  hand
    .sees()
    .map((message) => flat(textOf(message)))
    .filter((text) => text.includes(words));
const tellings = async (world: World): Promise<number> => (await auditOf(world, 'looking.unusual')).length;

let deliveries = 0;
/** One press or search, as the platform's adapter hands it over. */
async function act(
  service: World['service'],
  who: 'maya' | 'dana',
  platform: 'slack' | 'teams',
  what: { action: string; subject: string } | { query: string },
): Promise<string> {
  deliveries += 1;
  const reply = await service.receive({
    ...{ platform, tenant: platform === 'slack' ? slackTenant : teamsTenant, user: users[who][platform] },
    ...{ place: { id: 'somewhere', kind: 'direct' }, delivery: `looking-${deliveries}` },
    what:
      'query' in what
        ? { kind: 'option-search', search: 'clients', query: what.query }
        : { kind: 'button', action: what.action, subject: what.subject },
  });
  return JSON.stringify(reply);
}

describe.each(platforms)('somebody who looks at more clients than is usual, on %s', (platform) => {
  let world: World;
  let maya: Hand;
  let dana: Hand;
  let jons: readonly { id: string; code: string }[] = [];
  beforeAll(async () => {
    world = await openWorld();
    maya = await onlyOn(world, platform, 'maya');
    dana = await onlyOn(world, platform, 'dana');
    jons = await enrolJons(world, 40);
  });
  afterAll(() => world.close());
  const reveal = (index: number): Promise<string> =>
    act(world.service, 'maya', platform, { action: 'clients.reveal', subject: jons[index]?.id ?? '' });

  it('own clients never count, nor does the thirtieth of others', async () => {
    const own = await enrol(world.store, world.clock, [aClient({ code: 'K7T2-9', name: 'Dan Dee' })]);
    for (let more = 0; more < 40; more += 1)
      await act(world.service, 'maya', platform, { action: 'clients.reveal', subject: own[0]?.id ?? '' });
    for (let index = 0; index < 30; index += 1) {
      world.clock.advance(minute);
      expect(await reveal(index)).toContain(`Pat Number${index}`);
    }
    await world.settled();
    expect(told(dana, 'than usual')).toEqual([]);
  });

  it('the thirty-first is shown like the others, and the supervisor is told once, in figures', async () => {
    for (let index = 30; index < 35; index += 1) expect(await reveal(index)).toContain(`Pat Number${index}`);
    await world.settled();
    const [card, second] = told(dana, 'More looks at clients than usual');
    expect(second).toBeUndefined();
    expect(card).toContain('Maya Torres · since Mon 23 Nov 09:01');
    expect(card).toMatch(/Not on their own caseload 3[1-5] clients opened, 3[1-5] reveals/);
    expect(card).toContain('Usual is up to 30 clients and 30 reveals an hour.');
    expect(card).not.toMatch(/Pat|Number|[A-Z0-9]{4}-[A-Z0-9]\b/);
    expect(told(maya, 'than usual')).toEqual([]);
    expect(await auditOf(world, 'looking.unusual')).toMatchObject([
      { actor: 'baton', subjectId: 'maya', detail: { watch: 'looking', reveals: 31, clients: 31 } },
    ]);
  });

  it('escalating is as it was, and so is looking', async () => {
    expect((await maya.types(`escalate ${jons[0]?.code ?? ''} concern`)).text).toContain('Escalated');
    expect((await maya.types(`client ${jons[0]?.code ?? ''}`)).text).toContain('Status');
    await world.settled();
  });

  it('is marked reviewed in every copy, by who oversees', async () => {
    await dana.presses('Mark reviewed');
    await world.settled();
    expect(told(dana, 'More looks')[0]).toContain('Reviewed by Dana Whitfield');
    const [{ subjectId = '' } = {}] = await auditOf(world, 'looking.reviewed');
    await forgePress(world, platform, 'maya', { action: 'evidence.looking-reviewed', subject: subjectId });
    expect(await auditOf(world, 'looking.reviewed')).toHaveLength(1);
    expect((await auditOf(world, 'access.denied')).length).toBe(1);
  });

  it('an hour later it is told anew, over midnight as by day', async () => {
    // 23:30 in New York.
    world.clock.advance(new Date('2026-11-24T04:30:00Z').getTime() - world.clock.now().getTime());
    for (let index = 0; index < 20; index += 1) await reveal(index);
    world.clock.advance(45 * minute);
    for (let index = 20; index < 30; index += 1) await reveal(index);
    expect(await tellings(world)).toBe(1);
    await reveal(30);
    await reveal(31);
    expect(await tellings(world)).toBe(2);
    world.clock.advance(16 * minute);
    for (let index = 0; index < 20; index += 1) await reveal(index);
    // Within the hour of the second telling: not a third time.
    expect(await tellings(world)).toBe(2);
  });
});

describe('before two services, and on both platforms', () => {
  let world: World;
  let jons: readonly { id: string; code: string }[] = [];
  beforeAll(async () => {
    world = await openWorld({ organisation: few('{ reveals: 6, clients: 6, searches: 4, denials: 4 }') });
    jons = await enrolJons(world, 12);
  });
  afterAll(() => world.close());

  it('the one too many is told exactly once, whoever counted it', async () => {
    const other = await startSecondService(world, world.clock);
    const services = [world.service, other];
    const looks = (from: number, to: number): Promise<unknown> =>
      Promise.all(
        jons.slice(from, to).map(({ id }, index) =>
          act(services[index % 2] ?? world.service, 'maya', platforms[(index >> 1) % 2] ?? 'slack', {
            action: 'clients.reveal',
            subject: id,
          }),
        ),
      );
    await looks(0, 6);
    expect(await tellings(world)).toBe(0);
    world.clock.advance(minute);
    await looks(6, 12);
    expect(await tellings(world)).toBe(1);
    await Promise.all([other.slack?.settled(), other.teams?.settled(), world.settled()]);
    await other.stop();
  });

  it('seven at the same moment are one too many, whichever commits last', async () => {
    world.clock.advance(61 * minute);
    await Promise.all(
      jons
        .slice(0, 7)
        .map(({ id }, index) =>
          act(world.service, 'maya', platforms[index % 2] ?? 'slack', { action: 'clients.show', subject: id }),
        ),
    );
    expect(await tellings(world)).toBe(2);
  });

  it('a client handed on within the hour was their own', async () => {
    world.clock.advance(61 * minute);
    const own = await enrol(
      world.store,
      world.clock,
      Array.from({ length: 8 }, (_, index) => aClient({ name: `Own Number${index}` })),
    );
    for (const { id } of own) await act(world.service, 'maya', 'slack', { action: 'clients.reveal', subject: id });
    await world.store.inOrganisation('riverside', async (tx) => {
      const now = world.clock.now();
      await tx.db.$executeRaw`update coordinator_assignment set ended_at = ${now} where person_id = 'maya'`;
      await tx.db.coordinatorAssignment.createMany({
        data: own.map(({ id }) => ({
          ...{ organisationId: 'riverside', id: tx.ids.uuid(), clientId: id, personId: 'jon', startedAt: now },
        })),
      });
    });
    await act(world.service, 'maya', 'slack', { action: 'clients.show', subject: own[0]?.id ?? '' });
    expect(await tellings(world)).toBe(2);
  });

  it('the supervisor’s own looks are told to somebody else', async () => {
    const [dana, sara] = [handOf(world, 'slack', 'dana'), await onlyOn(world, 'slack', 'sara')];
    for (const { id } of jons.slice(0, 7))
      await act(world.service, 'dana', 'slack', { action: 'clients.reveal', subject: id });
    await world.settled();
    expect(told(sara, 'More looks at clients than usual').join()).toContain('Dana Whitfield');
    expect(told(dana, 'Dana Whitfield ·')).toEqual([]);
  });

  it('searches that showed somebody are counted, those that did not are not', async () => {
    world.clock.advance(61 * minute);
    const before = await tellings(world);
    for (let time = 0; time < 6; time += 1) await act(world.service, 'maya', 'teams', { query: 'Nobody' });
    for (let time = 0; time < 4; time += 1) await act(world.service, 'maya', 'teams', { query: 'Number' });
    expect(await tellings(world)).toBe(before);
    expect(await act(world.service, 'maya', 'slack', { query: 'Number' })).toContain('born');
    expect(await tellings(world)).toBe(before + 1);
  });
});

describe.each(platforms)('somebody who is refused often, on %s', (platform) => {
  let world: World;
  let dana: Hand;
  let sara: Hand;
  beforeAll(async () => {
    world = await openWorld({ organisation: few('{}') });
    dana = await onlyOn(world, platform, 'dana');
    sara = await onlyOn(world, platform, 'sara');
  });
  afterAll(() => world.close());
  const forge = (who: string): Promise<void> =>
    forgePress(world, platform, who, { action: 'clients.reach', subject: '00000000-0000-4000-8000-000000000000' });

  it('ten within five minutes are told to the supervisor, on all their platforms together', async () => {
    for (let time = 0; time < 9; time += 1) await forge('maya');
    world.clock.advance(5 * minute);
    await forge('maya');
    await world.settled();
    expect(told(dana, 'Refused often')).toEqual([]);
    const other = platform === 'slack' ? 'teams' : 'slack';
    for (let time = 0; time < 4; time += 1) await forge('maya');
    for (let time = 0; time < 5; time += 1)
      await act(world.service, 'maya', other, { action: 'clients.reach', subject: 'none' });
    await world.settled();
    expect(told(dana, 'Refused often')).toHaveLength(1);
    expect(told(dana, 'Refused often')[0]).toContain('Maya Torres');
    await forge('maya');
    await world.settled();
    expect(told(dana, 'Refused often')).toHaveLength(1);
  });

  it('of a stranger nobody is told, and one row a day says that somebody knocked', async () => {
    const stranger = handOf(world, platform, 'stranger');
    for (let time = 0; time < 12; time += 1) await stranger.types('next');
    await world.settled();
    expect(told(sara, 'Refused often').join()).not.toContain('stranger');
    const rows = await world.store.inOrganisation('riverside', (tx) =>
      tx.db.auditEvent.count({ where: { verb: 'access.denied', subjectId: 'stranger' } }),
    );
    expect(rows).toBe(1);
  });
});
