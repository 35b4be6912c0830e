import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { collectedFeatures } from '../../src/app.ts';
import { lineOfMaya, send, slackEvent, typedByMaya } from '../faults/raw-requests.ts';
import { aClient, enrol } from '../helpers/organisation.ts';
import { waitFor } from '../helpers/patient.ts';
import { textOf, type Hand } from '../helpers/screen.ts';
import { handOf, openWorld, platforms, type World } from '../helpers/world.ts';

const busy = 'I am busy just now, nothing was saved. Please try again in a moment.';

describe.each(platforms)('when all connections that ordinary work may have are taken, on %s', (platform) => {
  let world: World;
  /** Wait for what the service answers, and not for what it sends: that has no connection either. */
  let maya: Hand;
  let jon: Hand;
  let free = (): void => undefined;
  let holding: Promise<unknown> = Promise.resolve();
  beforeAll(async () => {
    // So little that whoever has to wait at all is turned away.
    world = await openWorld({ patienceMs: 50 });
    await enrol(world.store, world.clock, [{ ...aClient({ code: 'K7T2-9', name: 'Dan Dee' }), dueOn: '2026-11-23' }]);
    const settled = async (): Promise<void> => {
      await world.service.slack?.settled();
      await world.service.teams?.settled();
    };
    maya = handOf({ ...world, settled }, platform, 'maya');
    jon = handOf({ ...world, settled }, platform, 'jon');
    for (const hand of [maya, jon]) await hand.types('next');
  });
  afterEach(async () => {
    free();
    await holding;
    await world.settled();
  });
  afterAll(() => world.close());

  /** Three of the world's four: the last is kept for escalations. */
  async function takeAll(): Promise<void> {
    await world.settled();
    const held = new Promise<void>((resolve) => {
      free = resolve;
    });
    holding = Promise.all([1, 2, 3].map(() => world.store.inOrganisation('riverside', () => held)));
    await waitFor(() => expect(world.store.pressure().app.inUse).toBe(3));
  }
  const count = (): Promise<number> => world.store.inOrganisation('riverside', (tx) => tx.db.contact.count(), 'urgent');
  const exported = async (): Promise<unknown> =>
    (
      await world.store.inOrganisation(
        'riverside',
        async (tx) => (await collectedFeatures.exports.get('escalations')?.read(tx, {})) ?? [],
        'urgent',
      )
    ).at(-1);

  it('a command is told so in words and at once, nothing was saved, and later the same words do it', async () => {
    const before = await count();
    await takeAll();
    const away = world.store.pressure().app.turnedAway;
    expect((await maya.types('log K7T2-9 phone no-answer')).text).toContain(busy);
    expect((await maya.types('next')).text).toContain(busy);
    expect(await count()).toBe(before);
    expect(world.store.pressure().app.turnedAway).toBe(away + 2);
    free();
    await holding;
    expect((await maya.types('log K7T2-9 phone no-answer')).text).toContain('Logged');
    expect(await count()).toBe(before + 1);
    const metrics = await (await fetch(`${world.service.url}/metrics`)).text();
    expect(metrics).toMatch(/baton_requests_total\{platform="\w+",kind="command",outcome="busy"\} [2-9]/);
    expect(metrics).toContain('baton_pool_connections{pool="app",state="reserved"} 1');
  });

  it('who can be told nothing either is not acknowledged: the platform, or they, send it again, and it is done once', async () => {
    const before = await count();
    const text = 'log K7T2-9 phone no-answer';
    const line =
      platform === 'teams'
        ? await lineOfMaya(world, platform, text, 'untold-teams')
        : slackEvent(world, typedByMaya(world, text), { id: 'EvUntold' });
    await takeAll();
    if (platform === 'slack') world.slack.faults.set([{ kind: '429', method: 'chat.postMessage', times: 10 }]);
    else world.teams.faults.add({ kind: '429', retryAfter: 5, times: 10 });
    expect((await send(world.service.url, line)).status).toBeGreaterThanOrEqual(500);
    world.slack.faults.set([]);
    world.teams.faults.clear();
    expect((await send(world.service.url, line)).status).toBe(200);
    await world.service[platform]?.settled();
    expect(JSON.stringify(maya.sees().at(-1))).toContain(busy);
    free();
    await holding;
    expect((await send(world.service.url, line)).status).toBe(200);
    expect(await count()).toBe(before + 1);
  });

  it('somebody who types twelve things at a stroke waits for themselves and takes nobody else’s connection', async () => {
    await world.settled();
    const { turnedAway, waited } = world.store.pressure().app;
    const lines = await Promise.all(
      Array.from({ length: 12 }, (_, index) => lineOfMaya(world, platform, 'help', `stroke-${platform}-${index}`)),
    );
    const answers = await Promise.all(lines.map((line) => send(world.service.url, line)));
    await world.settled();
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(world.store.pressure().app).toMatchObject({ turnedAway, waited: { count: waited.count } });
  });

  it('a form that is sent stays open with what is in it, and a search finds nobody', async () => {
    const before = await count();
    expect((await maya.types('log K7T2-9')).form?.title).toBe('Log a contact');
    await takeAll();
    expect(await maya.searches('dee')).toEqual([]);
    const screen = await maya.fills({ mode: 'phone', outcome: 'no-answer' });
    expect(await count()).toBe(before);
    free();
    await holding;
    expect(await maya.searches('dee')).toHaveLength(1);
    if (platform === 'teams') {
      expect(screen.text).toContain(busy);
      expect(maya.sees().map(textOf).join('\n')).toContain('Log a contact');
      return;
    }
    expect(Object.values(screen.form?.errors ?? {})).toEqual([busy]);
    expect((await maya.fills({ mode: 'phone', outcome: 'no-answer' })).form).toBeUndefined();
    expect(await count()).toBe(before + 1);
  });

  const onTeams = platform === 'teams' ? it : undefined;
  onTeams?.('what was sent from a dialog is kept in it, to be sent again by one tap', async () => {
    const before = await count();
    const [client] = await world.store.inOrganisation('riverside', (tx) => tx.db.client.findMany());
    expect((await maya.chooses('log')).form?.title).toBe('Log a contact');
    await takeAll();
    const filled = { client: client?.id ?? '', mode: 'phone', outcome: 'no-answer', note: 'She was out.' };
    expect((await maya.fills(filled)).form?.text).toContain(busy);
    expect(await count()).toBe(before);
    free();
    await holding;
    await maya.fills({});
    expect(await count()).toBe(before + 1);
  });

  it('a crisis is raised, reaches whoever must have it, is taken and resolved', async () => {
    await takeAll();
    expect((await jon.types('escalate K7T2-9 crisis')).text).toContain('Escalated');
    await waitFor(() =>
      expect(
        maya
          .sees()
          .flatMap(({ pieces }) => pieces)
          .map(labelOf),
      ).toContain('Acknowledge'),
    );
    await maya.presses('Acknowledge');
    expect(await exported()).toMatchObject({ state: 'acknowledged', owner: 'maya' });
    expect((await maya.types('next')).text).toContain(busy);
    await maya.presses('Resolve');
    await maya.fills({ outcome: 'safe-now', disposition: 'increased-contact' });
    expect(await exported()).toMatchObject({ state: 'resolved', owner: 'maya' });
    expect((await maya.types('next')).text).toContain(busy);
  });
});

const labelOf = (piece: { readonly kind: string; readonly label?: string }): string => piece.label ?? '';
