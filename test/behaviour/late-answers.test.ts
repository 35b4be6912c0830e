import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Service } from '../../src/app.ts';
import type { Card } from '../../src/chat/card.ts';
import { createAnswers } from '../../src/dispatch/confirm-answers.ts';
import { claimDelivery, keepAnswer } from '../../src/dispatch/records.ts';
import type { Reply } from '../../src/chat/reply.ts';
import { lineOfMaya, send, sendAndLeave } from '../faults/raw-requests.ts';
import { aClient, enrol } from '../helpers/organisation.ts';
import { waitFor } from '../helpers/patient.ts';
import { propertyRuns } from '../helpers/property-runs.ts';
import { startSecondService } from '../helpers/second-service.ts';
import { handOf, openWorld, platforms, type World } from '../helpers/world.ts';
import {
  contacts,
  countedLate,
  heal,
  latePosts,
  passes,
  rain,
  settledWith,
  throttle,
  tooLong,
  typedLine,
  withWords,
} from './late-answers-scene.ts';
import { accounts, deactivate } from './leave-scene.ts';

/** What was done is told, once, even where the platform or the process failed on the way. */
const enrolled = [
  { ...aClient({ code: 'K7T2-9', name: 'Dan Dee' }), dueOn: '2026-11-23' },
  { ...aClient({ code: 'M4XR-1', name: 'Eve Elm', born: '1981-05-05' }), dueOn: '2026-11-23' },
];
const logs = 'log K7T2-9 phone reached 15m';
const late = 'My answer to what you did at';

describe.each(platforms)('an answer that did not arrive on %s', (platform) => {
  let world: World;
  let second: Service;
  beforeAll(async () => {
    world = await openWorld();
    second = await startSecondService(world);
    await enrol(world.store, world.clock, enrolled);
  });
  afterEach(() => heal(world));
  afterAll(async () => {
    await second.stop();
    await world.close();
  });
  const logged = (): number => withWords(world, platform, 'Logged').length;
  const lateOnes = (): readonly string[] => withWords(world, platform, late);

  it('because the platform was throttled comes once, later, and nothing is done again', async () => {
    const [before, told, did] = [lateOnes().length, logged(), await contacts(world)];
    throttle(world, platform, 5);
    await send(world.service.url, await typedLine(world, platform, logs, 'late-1'));
    await world.settled();
    expect(logged()).toBe(told);
    expect(await contacts(world)).toBe(did + 1);
    await passes(world, 9, second);
    expect(logged()).toBe(told);
    await passes(world, 240, second);
    expect(logged()).toBe(told + 1);
    expect(lateOnes()).toHaveLength(before + 1);
    expect(lateOnes().at(-1)).toContain('K7T2-9');
    expect(await contacts(world)).toBe(did + 1);
    expect(await countedLate([world.service, second], platform, 'sent')).toBe(1);
  });

  it('because three of ten requests were throttled comes once: each of many, and each was done once', async () => {
    const did = await contacts(world);
    const count = propertyRuns.dataSets;
    rain(world, platform, 5 * count);
    for (let from = 0; from < count; from += 20) {
      const some = Array.from({ length: Math.min(20, count - from) }, (_, index) => from + index + 1);
      await Promise.all(
        some.map(async (minutes) => {
          const line = await typedLine(world, platform, `log M4XR-1 video reached ${minutes}m`, `rain-${minutes}`);
          return send(world.service.url, line);
        }),
      );
    }
    await world.settled();
    const arrived = (): readonly number[] => {
      const texts = withWords(world, platform, 'Logged: M4XR-1');
      return Array.from({ length: count }, (_, index) => index + 1).map(
        (minutes) => texts.filter((text) => text.includes(`video, reached, ${minutes} min`)).length,
      );
    };
    const atOnce = arrived();
    expect(Math.max(...atOnce)).toBe(1);
    await passes(world, 240, second);
    heal(world);
    await passes(world, 120, second);
    expect(arrived()).toEqual(atOnce.map(() => 1));
    expect(await contacts(world)).toBe(did + count);
    const late = atOnce.filter((times) => times === 0).length;
    expect(late).toBeGreaterThan(0);
    process.stdout.write(`${platform}: ${count} answers under 30 % 429, ${late} of them came late, each once\n`);
  }, 900_000);

  it('because the process died comes once, from another one, whichever of them looks', async () => {
    const [before, did] = [lateOnes().length, await contacts(world)];
    // Nothing it says goes out, and it never comes back to it.
    if (platform === 'teams') world.teams.faults.add({ kind: 'refused', times: 2 });
    const line = await lineOfMaya(world, platform, logs, 'late-2');
    await sendAndLeave(second.url, line);
    await waitFor(async () => expect(await contacts(world)).toBe(did + 1));
    await settledWith(world, second);
    heal(world);
    world.clock.advance(tooLong);
    await Promise.all([world.service.tick(), second.tick(), world.service.tick()]);
    await Promise.all([world.delivered(), second.delivered()]);
    await settledWith(world, second);
    await passes(world, 120, second);
    expect(lateOnes()).toHaveLength(before + 1);
    expect(await contacts(world)).toBe(did + 1);
  });

  it('of two cards brings only the one that is missing, to the one it was made for', async () => {
    const before = lateOnes().length;
    const card = (text: string): Card => ({ kind: 'test.card', summary: text, nodes: [{ kind: 'text', text }] });
    const reply: Reply = { kind: 'answer', replace: card('The list again.'), card: card('Done so.') };
    const workspace = `rs-${platform}`;
    const now = world.clock.now();
    await world.store.inOrganisation('riverside', async (tx) => {
      const claim = {
        workspace,
        delivery: 'late-3',
        user: accounts.maya[platform],
        act: 'free',
        now,
        wallNow: now,
      } as const;
      await claimDelivery(tx, claim);
      keepAnswer(tx, { workspace, delivery: 'late-3' }, reply, { kind: 'button', answerBy: now });
    });
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const answers = createAnswers({ store: world.store, clock: world.clock, log });
    answers.confirm(answers.given(reply, { organisation: 'riverside', workspace, delivery: 'late-3' }), 'card');
    await answers.flush();
    await passes(world, 60, second);
    const brought = lateOnes().slice(before);
    expect(brought).toHaveLength(1);
    expect(brought[0]).toContain('Done so.');
    expect(brought[0]).not.toContain('The list again.');
    expect(['jon', 'dana'].flatMap((one) => withWords(world, platform, 'Done so.', one))).toEqual([]);
  });

  it('that was a form is told of in words', async () => {
    throttle(world, platform, 2);
    await send(world.service.url, await typedLine(world, platform, 'log', 'late-4'));
    await world.settled();
    heal(world);
    await passes(world, 60, second);
    expect(withWords(world, platform, 'I could not show you the form you asked for')).toHaveLength(1);
  });

  it('and that somebody asked for who left meanwhile goes to nobody', async () => {
    const before = await latePosts(world);
    throttle(world, platform, 2);
    await send(world.service.url, await typedLine(world, platform, 'caseload', 'late-5'));
    await world.settled();
    heal(world);
    await deactivate(world, platform, 'maya');
    const seen = ['maya', 'dana', 'jon'].map((one) => withWords(world, platform, late, one).length);
    await passes(world, 120, second);
    expect(['maya', 'dana', 'jon'].map((one) => withWords(world, platform, late, one).length)).toEqual(seen);
    expect((await latePosts(world)).slice(before.length)).toEqual(['cancelled']);
    expect(await countedLate([world.service, second], platform, 'cancelled')).toBe(1);
  });
});

describe.each(platforms)('an answer that arrived on %s', (platform) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
    await enrol(world.store, world.clock, enrolled);
  });
  afterAll(() => world.close());

  it('is never sent again: to commands, buttons, forms, the home tab, refusals and repetitions', async () => {
    const hand = handOf(world, platform, 'maya');
    const waiting = (): Promise<number> =>
      world.store.inOrganisation('riverside', (tx) =>
        tx.db.inboundDelivery.count({ where: { answerDueAt: { not: null } } }),
      );
    const kept = (): Promise<number> =>
      world.store.inOrganisation('riverside', (tx) =>
        tx.db.inboundDelivery.count({ where: { answer: { not: null } } }),
      );
    await hand.types(logs);
    await hand.types('logg nothing');
    await hand.typesInChannel('caseload');
    await hand.types('next');
    await hand.presses('Left message', 'M4XR-1');
    await hand.types('log');
    await hand.fills({ client: 'search:Dee', mode: 'phone', outcome: 'reached', minutes: '20' });
    await hand.types('log');
    await hand.fills({ client: 'search:Dee', mode: 'phone', outcome: 'reached', minutes: '9999' });
    await hand.opensHome();
    const line = await typedLine(world, platform, logs, 'twice');
    for (let time = 0; time < 2; time += 1) await send(world.service.url, line);
    await world.settled();
    // Each was kept so that it could be sent again; what has arrived is confirmed in batches, perhaps already.
    expect(await kept()).toBeGreaterThanOrEqual(10);
    world.clock.advance(tooLong);
    await world.service.tick();
    await world.settled();
    expect(await latePosts(world)).toEqual([]);
    expect(await waiting()).toBe(0);
  });
});
