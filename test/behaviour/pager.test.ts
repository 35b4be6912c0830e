import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPagerGateway, type PagerGateway } from '../helpers/pager-gateway.ts';
import { aClient } from '../helpers/organisation.ts';
import { startSecondService } from '../helpers/second-service.ts';
import { platforms } from '../helpers/world.ts';
import { cardOf, exported, follow, minute, openScene, standing, theOne, type Scene } from './escalate-scene.ts';
import { rung, storedPages } from './pager-scene.ts';

describe.each(platforms)('the pager, on %s', (platform) => {
  let scene: Scene;
  let gateway: PagerGateway;
  beforeAll(async () => {
    gateway = await openPagerGateway();
    scene = await openScene(platform, { at: '2026-11-23T19:20:00Z', pager: gateway.settings });
  });
  afterAll(async () => {
    await scene.world.close();
    await gateway.close();
  });
  /** What is due goes out; what arrived since the last look. */
  let seen = 0;
  const arrived = async (): Promise<readonly string[]> => {
    await scene.world.service.paged();
    const pages = gateway.taken.slice(seen);
    seen = gateway.taken.length;
    return rung(pages);
  };

  it('rings each whom a step calls, once, and not who raised it', async () => {
    await follow(scene, scene.hands.keisha.types('escalate K7T2-9 crisis canary words of a note'));
    expect(await arrived()).toEqual(['call jon 1', 'call maya 1']);
    expect(gateway.taken.map(({ team, severity }) => `${team} ${String(severity)}`)).toEqual([
      'east crisis',
      'east crisis',
    ]);
    await scene.pass(1 * minute);
    expect(await arrived()).toEqual([]);
  });

  it('rings again whoever a later step calls again', async () => {
    await scene.pass(4 * minute);
    expect(await arrived()).toEqual(['call dana 2', 'call jon 2', 'call maya 2']);
  });

  it('tells all of them to stop when somebody has it, and rings nobody any more', async () => {
    await follow(scene, scene.hands.dana.presses('Acknowledge'));
    expect(await arrived()).toEqual(['stop dana', 'stop jon', 'stop maya']);
    await scene.pass(30 * minute);
    expect(await arrived()).toEqual([]);
    expect(new Set(gateway.taken.map(({ incident }) => incident)).size).toBe(1);
  });

  it('rings anew when the acknowledgement has run out, and stops when it is resolved', async () => {
    await scene.pass(30 * minute);
    expect(await arrived()).toEqual(['call dana 1', 'call jon 1', 'call maya 1']);
    await follow(scene, scene.hands.dana.types('escalate list'));
    await follow(scene, scene.hands.jon.presses('Acknowledge'));
    expect(await arrived()).toEqual(['stop dana', 'stop jon', 'stop maya']);
  });

  it('says nothing of the client, of words, or of names, and every id once', () => {
    expect(gateway.wrong).toEqual([]);
    const all = gateway.bodies.join('\n');
    for (const never of ['K7T2', 'Dan Dee', 'canary', 'Maya Torres', '+1', '555 0', 'self-harm', '@'])
      expect(all).not.toContain(never);
    expect(new Set(gateway.taken.map(({ id }) => id)).size).toBe(gateway.taken.length);
  });

  it('writes neither its address nor its secret into the log', () => {
    const log = JSON.stringify(scene.world.logged);
    for (const never of ['canary-of-the-url', gateway.settings.secret]) expect(log).not.toContain(never);
  });
});

describe.each(platforms)('a pager that fails, on %s', (platform) => {
  let scene: Scene;
  let gateway: PagerGateway;
  beforeAll(async () => {
    gateway = await openPagerGateway();
    scene = await openScene(platform, { at: '2026-11-23T19:20:00Z', pager: gateway.settings, clients: [eve] });
  });
  afterAll(async () => {
    await scene.world.close();
    await gateway.close();
  });
  const eve = aClient({ code: 'M4XR-1', name: 'Eve Elm', born: '1981-05-05' });
  const unreached = /The pager could not be reached for ([^.]*)\. Please call\./;
  const shown = (): string | undefined => unreached.exec(cardOf(scene.hands.jon).text)?.[1];

  it('delays no step of a ladder and no message, for as long as it does not answer', async () => {
    gateway.set('hang');
    await follow(scene, scene.hands.keisha.types('escalate K7T2-9 crisis'));
    for (let passed = 0; passed < 10; passed += 5) await scene.pass(5 * minute);
    const { timeline, notifications } = await theOne(scene.world);
    const steps = timeline.filter(({ act }) => act === 'step');
    expect(steps.map(({ at }) => (Date.parse(at) - Date.parse('2026-11-23T19:20:00Z')) / minute)).toEqual([0, 5, 10]);
    expect(steps.map(({ detail }) => detail['late'])).toEqual(steps.map(() => false));
    expect(notifications.filter(({ deliveredAt }) => deliveredAt === null)).toEqual([]);
    for (const person of ['maya', 'jon', 'dana', 'sara'] as const) expect(standing(scene.hands[person])).toBe(1);
    await gateway.hanging(4);
    expect(gateway.taken).toEqual([]);
    expect(shown()).toBeUndefined();
  });

  it('is told on the cards of those who were called, by name, as soon as a try has failed', async () => {
    gateway.set('drop');
    gateway.hangUp();
    await scene.world.service.paged();
    await scene.world.delivered();
    expect(shown()).toBe('Dana Whitfield, you, Maya Torres and Sara Lindqvist');
  });

  it('is logged under the word of what rings: the command for the first step, the timer for each after it', async () => {
    const posts = await scene.world.store.inOrganisation('riverside', (tx) =>
      tx.db.post.findMany({
        where: { kind: 'escalations.card', audience: 'person' },
        select: { key: true, correlation: true },
      }),
    );
    const rings = posts.filter(({ key }) => /:1:[123]:person:/.test(key)).map(({ correlation }) => correlation);
    const failed = scene.world.lines
      .map((line) => JSON.parse(line) as { msg: string; correlation?: string })
      .filter(({ msg }) => msg === 'page.failed');
    expect(new Set(failed.map(({ correlation }) => correlation))).toEqual(new Set(rings));
    expect(new Set(rings).size).toBe(3);
  });

  it('tries again, and says no more of it when it has arrived: each once', async () => {
    gateway.set('ok');
    await scene.pass(1 * minute);
    await scene.world.service.paged();
    await scene.world.delivered();
    expect(shown()).toBeUndefined();
    const ids = gateway.taken.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(rung(gateway.taken).filter((one) => one.includes('sara'))).toEqual(['call sara 3']);
    const bodies = gateway.bodies.filter((body) => body.includes(ids[0] ?? ''));
    expect(bodies.length).toBeGreaterThan(1);
    expect(new Set(bodies).size).toBe(1);
  });

  it('is given up after a quarter of an hour, listed for whoever settles it, and sent anew by one tap', async () => {
    await follow(scene, scene.hands.jon.presses('Acknowledge'));
    await scene.world.service.paged();
    gateway.set({ status: 500 });
    const before = gateway.taken.length;
    await follow(scene, scene.hands.keisha.types('escalate M4XR-1 urgent'));
    for (let passed = 0; passed < 17; passed += 1) {
      await scene.pass(1 * minute);
      await scene.world.service.paged();
    }
    expect((await storedPages(scene.world)).slice(-2)).toEqual([
      { event: 'call', person: 'maya', state: 'parked', reason: 'http_500' },
      { event: 'call', person: 'jon', state: 'parked', reason: 'http_500' },
    ]);
    const home = await follow(scene, scene.hands.dana.opensHome());
    expect(home.text).toContain('Parked: 2');
    await follow(scene, scene.hands.dana.types(''));
    const list = await follow(scene, scene.hands.dana.presses('Open', 'Parked: 2'));
    expect(list.text).toContain('2 pages could not be delivered.');
    expect(list.text).toContain('The pager’s gateway refused it (http_500).');
    gateway.set('ok');
    await follow(scene, scene.hands.dana.presses('Retry', 'Jon Reyes'));
    await follow(scene, scene.hands.dana.presses('Dismiss', 'Maya Torres'));
    await scene.world.service.paged();
    expect(rung(gateway.taken.slice(before))).toEqual(['call jon 1']);
    expect((await storedPages(scene.world)).slice(-2).map(({ state, reason }) => `${state} ${reason}`)).toEqual([
      'dropped dismissed',
      'sent null',
    ]);
    const rows = (await exported(scene.world, 'audit')).filter(({ verb }) => String(verb).startsWith('page.'));
    expect(rows.map(({ verb, actor }) => `${String(verb)} ${String(actor)}`)).toEqual([
      'page.retry dana',
      'page.dismiss dana',
    ]);
  });

  it('drops what has not gone out once somebody has it, and stops only whom a call may have reached', async () => {
    gateway.set({ status: 429, headers: { 'retry-after': '30' } });
    const before = gateway.taken.length;
    const written = (await storedPages(scene.world)).length;
    await scene.pass(13 * minute);
    await scene.world.service.paged();
    await follow(scene, scene.hands.dana.presses('Acknowledge'));
    gateway.set('ok');
    await scene.pass(1 * minute);
    await scene.world.service.paged();
    expect(rung(gateway.taken.slice(before))).toEqual(['stop dana', 'stop jon', 'stop maya']);
    const pages = (await storedPages(scene.world)).slice(written);
    expect(pages.map(({ event, state, reason }) => `${event} ${state} ${reason ?? ''}`)).toEqual([
      ...Array.from({ length: 3 }, () => 'call dropped overtaken'),
      ...Array.from({ length: 3 }, () => 'stop sent '),
    ]);
  });

  it('counts what became of them', async () => {
    const text = await (await fetch(`${scene.world.service.url}/metrics`)).text();
    const lines = text.split('\n').filter((line) => line.startsWith('baton_pages'));
    expect(lines).toContain('baton_pages_total{event="call",result="parked"} 2');
    expect(lines).toContain('baton_pages{state="parked"} 0');
  });
});

describe.each(platforms)('a process that dies over a page, on %s', (platform) => {
  let scene: Scene;
  let gateway: PagerGateway;
  beforeAll(async () => {
    gateway = await openPagerGateway();
    scene = await openScene(platform, { at: '2026-11-23T19:20:00Z', pager: gateway.settings });
  });
  afterAll(async () => {
    await scene.world.close();
    await gateway.close();
  });

  it('leaves it to the next one: what was written and not sent, and what was under way, under the same id', async () => {
    const { world } = scene;
    await follow(scene, scene.hands.keisha.types('escalate K7T2-9 crisis'));
    gateway.set('hang');
    await world.service.tick();
    await gateway.hanging(2);
    // The process stands still over two calls: its leases end, and a further step is written that nobody sends.
    await world.store.inOrganisation(
      'riverside',
      (tx) => tx.db.$executeRaw`
        update page set lease_until = clock_timestamp() - interval '1 second'
        where organisation_id = 'riverside' and state = 'sending'`,
    );
    const tried = gateway.bodies.map((body) => (JSON.parse(body) as { id: string }).id);
    gateway.set('ok');
    const second = await startSecondService(world, world.clock, undefined, gateway.settings);
    await second.paged();
    expect(rung(gateway.taken)).toEqual(['call jon 1', 'call maya 1']);
    expect(gateway.taken.map(({ id }) => id).toSorted()).toEqual(tried.toSorted());
    // The first one wakes up: what it learns counts no more.
    gateway.hangUp();
    await world.service.paged();
    expect((await storedPages(world)).map(({ state }) => state)).toEqual(['sent', 'sent']);
    await second.stop();
  });
});
