import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Feature } from '../../src/feature/feature.ts';
import type { DueItem } from '../../src/feature/due.ts';
import { renderPlain } from '../../src/chat/render-plain.ts';
import { askOf } from '../care/digest-asks.ts';
import { aClient, enrol } from '../helpers/organisation.ts';
import type { Hand } from '../helpers/screen.ts';
import { openWorld, platforms, type World } from '../helpers/world.ts';
import { follow, onlyOn } from './refer-scene.ts';

/** Of a noun that is not there yet: whoever was discharged is called within 24 hours. Due on a Saturday, a day off. */
const standIn = (): { due: NonNullable<Feature['due']>; of: { id: string; code: string } } => {
  const of = { id: '', code: '' };
  const item = (): DueItem => ({
    ...{ id: 'appointment:1', owner: 'maya', ownerName: 'Maya Torres', client: of.id, code: of.code, team: 'east' },
    ...{ dueOn: '2026-11-21', tier: 'low', what: 'call after discharge' },
    ...{ waitingOnOthers: false, clinical: true, buttons: [] },
  });
  return {
    of,
    due: (_ask, { people, until }) =>
      Promise.resolve(people.includes('maya') && until >= '2026-11-21' && of.id !== '' ? [item()] : []),
  };
};

describe.each(platforms)('what runs on a clinical clock, on %s', (platform) => {
  let world: World;
  let maya: Hand;
  const noun = standIn();
  beforeAll(async () => {
    world = await openWorld({ due: [noun.due] });
    maya = await onlyOn(world, platform, 'maya');
    const [, discharged] = await enrol(world.store, world.clock, [
      { ...aClient({ code: 'K7T2-9', name: 'Dan Dee', tier: 'high' }), dueOn: '2026-11-16' },
      aClient({ code: 'M4XR-1', name: 'Eve Elm', born: '1981-05-05', tier: 'low' }),
      aClient({ code: 'P0Q8-7', name: 'Fay Fox', born: '1990-05-05', tier: 'low' }),
    ]);
    Object.assign(noun.of, { id: discharged?.id, code: discharged?.code });
    await follow(world, maya.types('escalate P0Q8-7 concern'));
  });
  afterAll(() => world.close());

  /** In this order, wherever it stands. */
  const order = ['P0Q8-7', 'M4XR-1', 'K7T2-9'];
  function expectOrder(text: string): void {
    const lines = text.split('\n').filter((line) => / · /.test(line));
    const places = order.map((code) => lines.findIndex((line) => line.includes(`${code} ·`)));
    expect(places, text).not.toContain(-1);
    expect(places, text).toEqual([...places].sort((a, b) => a - b));
  }

  it('stands after what is open and before everything else, whatever its tier, in every list', async () => {
    for (const text of [
      (await maya.types('next')).text,
      (await maya.opensHome()).text,
      (await maya.types('digest preview')).text,
    ]) {
      expectOrder(text);
      expect(text).toContain('call after discharge');
    }
    await world.store.inOrganisation('riverside', async (tx) => {
      const work = askOf(tx, world.clock.now(), { audience: 'place', due: [noun.due] });
      for (const kind of ['digests.team', 'digests.team-list']) expectOrder(renderPlain(await work.draw(kind, 'east')));
    });
  });

  it('keeps its day, though nobody works on it, and counts everywhere as what it is', async () => {
    const next = await maya.types('next');
    expect(next.text).toContain('low, 2 days over');
    expect(next.text).not.toContain('moved from Sat');
    expect(next.text).toContain('Today: 2 · 1 escalation to watch');
    const home = (await maya.opensHome()).text;
    expect(home).toContain('2 on your list today.');
    const digest = (await maya.types('digest preview')).text;
    expect(digest).toContain('2 need you today.');
    expect(digest).toContain('2 over · 1 to watch');
    for (const text of [next.text, home, digest]) expect(text).toContain('Start with M4XR-1.');
  });
});
