import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handOf } from '../helpers/world.ts';
import { minute, openFaultScene, type FaultScene } from './fault-scene.ts';

describe('somebody who is on both platforms', () => {
  let scene: FaultScene;
  beforeEach(async () => {
    scene = await openFaultScene();
  });
  afterEach(() => scene.world.close());
  const acts = async (platform: 'slack' | 'teams', text = 'help'): Promise<void> => {
    await handOf(scene.world, platform, 'maya').types(text);
  };
  const seenAt = async (): Promise<Record<string, string | null>> => {
    const rows = await scene.world.store.inOrganisation(
      'riverside',
      (tx) => tx.db.$queryRaw<{ workspace: string; at: Date | null }[]>`
        select workspace_id as workspace, last_seen_at as at from identity
        where organisation_id = 'riverside' and person_id = 'maya' order by workspace_id`,
    );
    return Object.fromEntries(rows.map(({ workspace, at }) => [workspace, at?.toISOString() ?? null]));
  };

  it('and was seen on neither gets messages on the first, always the same', async () => {
    await scene.send('never');
    expect(await scene.rows('never')).toEqual(['person:maya sent slack 1 -']);
  });

  it('gets them where they last acted', async () => {
    await acts('teams');
    await scene.send('one');
    expect(await scene.rows('one')).toEqual(['person:maya sent teams 1 -']);
    await scene.pass(11 * minute);
    await acts('slack');
    await scene.send('two');
    expect(await scene.rows('two')).toEqual(['person:maya sent slack 1 -']);
    expect(scene.withPerson('two', 'maya', 'teams')).toBe(0);
  });

  it('costs a write every ten minutes at most, and each platform has its own', async () => {
    await acts('slack');
    const first = scene.world.clock.now().toISOString();
    await scene.pass(9 * minute);
    await acts('slack');
    await acts('teams');
    const second = scene.world.clock.now().toISOString();
    expect(await seenAt()).toEqual({ 'rs-slack': first, 'rs-teams': second });
    await scene.pass(minute);
    await acts('slack');
    expect(await seenAt()).toEqual({ 'rs-slack': scene.world.clock.now().toISOString(), 'rs-teams': second });
  });

  it('is not noticed by what was refused: nothing was done', async () => {
    expect((await handOf(scene.world, 'teams', 'maya').types('client K7T2-9')).text).not.toBe('');
    expect(await seenAt()).toEqual({ 'rs-slack': null, 'rs-teams': null });
  });

  it('gets them on the other one when that refuses, and is not sent back and forth', async () => {
    await acts('teams');
    const conversation = scene.world.teams.chatOf('0a000000-0000-4000-8000-0000000000a1') ?? '';
    scene.world.teams.faults.add({ kind: '403', conversation, times: 10 });
    await scene.send('one');
    expect(await scene.rows('one')).toEqual(['person:maya sent slack 2 -']);
    scene.world.slack.faults.set([{ kind: 'error:restricted_action', method: 'conversations.open', times: 10 }]);
    await scene.pass(11 * minute);
    await acts('slack');
    await scene.send('two');
    // It began where they were; both said no, whatever they do meanwhile.
    expect(await scene.rows('two')).toEqual(['person:maya parked teams 2 MessageWritesBlocked']);
  });

  it('a message that waits goes on where it began, also when they act elsewhere; should it be refused, it follows them', async () => {
    await acts('slack');
    scene.world.slack.faults.set([{ kind: 'error:service_unavailable', method: 'chat.postMessage', times: 1 }]);
    await scene.send('one');
    scene.world.clock.advance(1);
    await acts('teams');
    scene.world.slack.faults.set([{ kind: 'error:restricted_action', method: 'conversations.open', times: 1 }]);
    await scene.pass(2_000);
    expect(await scene.rows('one')).toEqual(['person:maya sent teams 3 -']);
  });

  it('a supervisor’s retry begins anew, where they are now', async () => {
    await acts('teams');
    const conversation = scene.world.teams.chatOf('0a000000-0000-4000-8000-0000000000a1') ?? '';
    scene.world.teams.faults.add({ kind: '403', conversation, times: 1 });
    scene.world.slack.faults.set([{ kind: 'error:restricted_action', method: 'conversations.open', times: 1 }]);
    await scene.send('one');
    expect(await scene.rows('one')).toEqual(['person:maya parked slack 2 restricted_action']);
    await handOf(scene.world, 'slack', 'dana').presses('Retry', 'Maya Torres');
    await scene.world.settled();
    expect(await scene.rows('one')).toEqual(['person:maya sent teams 1 -']);
  });
});
