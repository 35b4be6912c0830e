import { createServer } from 'node:http';
import express from 'express';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wallClock } from '../../src/clock.ts';
import { createHealth } from '../../src/health.ts';
import type { Store } from '../../src/store/store.ts';
import { aClient, enrol } from '../helpers/organisation.ts';
import { handOf, openWorld, slackChannel, type World } from '../helpers/world.ts';
import { createNotes, postNote, type Notes } from './posting.ts';

const seconds = 1_000;

describe('what who runs the service sees', () => {
  let world: World;
  let notes: Notes;
  beforeEach(async () => {
    notes = createNotes();
    world = await openWorld({ cards: notes.cards });
    notes.texts.set('one', 'first words');
  });
  afterEach(() => world.close());
  const get = async (path: string): Promise<{ status: number; text: string }> => {
    const response = await fetch(`${world.service.url}${path}`);
    return { status: response.status, text: await response.text() };
  };
  const ready = async (): Promise<unknown> => JSON.parse((await get('/readyz')).text);
  const metrics = async (): Promise<string> => (await get('/metrics')).text;
  const post = async (
    ...given: Parameters<typeof postNote> extends [unknown, ...infer R] ? R : never
  ): Promise<void> => {
    await postNote(world, ...given);
    await world.delivered();
  };

  it('readiness: since when something is due, and when each platform last accepted something', async () => {
    expect(await ready()).toEqual({ status: 'ready', backlogSeconds: 0, lastSent: {} });
    const before = Date.now();
    await post('one');
    const after: unknown = await ready();
    expect(after).toEqual({ status: 'ready', backlogSeconds: 0, lastSent: { slack: expect.any(String) } });
    const { lastSent } = after as { lastSent: { slack: string } };
    expect(Date.parse(lastSent.slack)).toBeGreaterThanOrEqual(before);
  });

  it('a platform that is down and a backlog are information: the service stays ready', async () => {
    world.slack.faults.set([{ kind: 'error:service_unavailable', method: 'chat.postMessage', times: 100 }]);
    await post('one');
    world.clock.advance(600 * seconds);
    const { status, text } = await get('/readyz');
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ status: 'ready', lastSent: {} });
    expect(text).toMatch(/"backlogSeconds":(59\d|600)/);
  });

  it('metrics: sends by platform and what came of them', async () => {
    await post('one');
    world.slack.faults.set([{ kind: 'error:is_archived', channel: slackChannel, times: 1 }]);
    await post('two', { subject: 'one', to: { team: 'east' } });
    const text = await metrics();
    expect(text).toMatch(/baton_sends_total\{platform="slack",method="post",result="ok"\} [23]/);
    expect(text).toContain('baton_sends_total{platform="slack",method="post",result="refused"} 1');
    expect(text).toContain('baton_sends_total{platform="teams",method="post",result="ok"} 1');
    expect(text).toMatch(/baton_last_send_timestamp_seconds\{platform="teams"\} 1\d{9}/);
    expect(text).toContain('baton_delivery_backlog{state="parked"} 1');
  });

  it('metrics: holds, for as long as they hold', async () => {
    world.slack.faults.set([{ kind: '429', channel: slackChannel, times: 1, retryAfter: 30 }]);
    await post('one', { to: { team: 'east' } });
    expect(await metrics()).toContain('baton_delivery_holds{platform="slack",method="post"} 1');
    world.clock.advance(31 * seconds);
    await world.delivered();
    expect(await metrics()).not.toContain('baton_delivery_holds{');
  });

  it('metrics: escalations by state, how late their steps were, and how long until somebody had them', async () => {
    await enrol(world.store, world.clock, [aClient({ code: 'K7T2-9', name: 'Quintilian Dee' })]);
    const maya = handOf(world, 'slack', 'maya');
    await maya.types('escalate K7T2-9 crisis');
    world.clock.advance(7 * 60 * seconds);
    await world.service.tick();
    await world.settled();
    await maya.presses('Acknowledge');
    const text = await metrics();
    expect(text).toContain('baton_escalations{severity="crisis",state="acknowledged",late="true"} 1');
    // Two steps: at once, and two minutes after its moment.
    expect(text).toContain('baton_escalation_ladder_lateness_seconds_bucket{le="60",severity="crisis"} 1');
    expect(text).toContain('baton_escalation_ladder_lateness_seconds_bucket{le="120",severity="crisis"} 2');
    expect(text).toContain('baton_escalation_acknowledgement_seconds_sum{severity="crisis"} 420');
    expect(text).toContain('baton_escalation_acknowledgement_seconds_count{severity="urgent"} 0');
    expect(text).not.toMatch(/K7T2|Quintilian|maya|east|riverside|U0|C0/);
  });
});

describe('readiness by itself', () => {
  const answers = { problem: () => Promise.resolve(undefined) } as unknown as Store; // Only what readiness asks.
  const sender = (problem: string | undefined, backlog: () => Promise<{ oldestSeconds: number }>) => ({
    problem: () => problem,
    backlog,
    lastSent: () => ({}),
  });
  async function ask(given: ReturnType<typeof sender> | undefined, store = answers): Promise<[number, unknown]> {
    const health = createHealth({ store, clock: wallClock });
    if (given !== undefined) health.watch(given);
    const server = createServer(express().use(health.router));
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    try {
      const response = await fetch(`http://127.0.0.1:${port}/readyz`);
      return [response.status, await response.json()];
    } finally {
      server.close();
    }
  }

  it('a dead sender and an unreachable database are not ready, and say why', async () => {
    const late = async () => ({ oldestSeconds: 90_000 });
    expect(await ask(sender('the sender has stopped', late))).toEqual([
      503,
      { status: 'not ready', reason: 'the sender has stopped' },
    ]);
    expect((await ask(undefined))[0]).toBe(503);
    const gone = { problem: () => Promise.resolve('the database does not answer') } as unknown as Store; // As above.
    expect((await ask(sender(undefined, late), gone))[0]).toBe(503);
    expect(await ask(sender(undefined, late))).toEqual([
      200,
      { status: 'ready', backlogSeconds: 90_000, lastSent: {} },
    ]);
  });

  it('a backlog that cannot be read takes nothing down', async () => {
    const broken = () => Promise.reject(new Error('no'));
    expect(await ask(sender(undefined, broken))).toEqual([200, { status: 'ready', lastSent: {} }]);
  });
});
