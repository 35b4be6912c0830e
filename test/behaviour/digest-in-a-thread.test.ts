import { byCommandLine } from '../../src/doer.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyOrganisation } from '../../src/access/apply-organisation.ts';
import { findTeamPlan, saveTeamPlan } from '../../src/care/digests/records.ts';
import { aClient, enrol, readSample } from '../helpers/organisation.ts';
import { textOf, type Hand } from '../helpers/screen.ts';
import { onBothPlatforms, openWorld, platforms, slackChannel, teamsChannel, type World } from '../helpers/world.ts';
import { codesIn, passTo } from './digest-scene.ts';
import { onlyOn } from './refer-scene.ts';

describe.each(platforms)('a team’s digest in a thread, on %s', (platform) => {
  let world: World;
  let maya: Hand;
  let dana: Hand;

  /** What stands in the channel by itself, and what in threads, each with the message it is under. */
  function channel(): { readonly lines: readonly string[]; readonly lists: readonly string[]; readonly odd: number } {
    const messages = maya.channel().filter((message) => /^East team: |^This message was deleted/.test(textOf(message)));
    const ids = new Set(messages.map(({ id }) => id));
    return {
      lines: messages.filter(({ under }) => under === undefined).map(textOf),
      lists: messages.filter(({ under }) => under !== undefined).map(textOf),
      odd: messages.filter(({ under }) => under !== undefined && !ids.has(under)).length,
    };
  }

  beforeAll(async () => {
    world = await openWorld({ at: '2026-11-29T22:00:00Z' });
    [maya, dana] = [await onlyOn(world, platform, 'maya'), await onlyOn(world, platform, 'dana')];
    await enrol(world.store, world.clock, [
      { ...aClient({ code: 'K7T2-9', name: 'Dan Dee', tier: 'high' }), dueOn: '2026-11-27' },
      { ...aClient({ code: 'M4XR-1', name: 'Eve Elm', born: '1981-05-05' }), dueOn: '2026-11-30' },
    ]);
  });
  afterAll(() => world.close());

  it('is asked for in the form that sets its hour', async () => {
    await passTo(world, '2026-11-30T13:30:00Z');
    expect(channel().lists).toEqual([]);
    expect(channel().lines).toHaveLength(1);
    const opened = await dana.types('digest schedule');
    expect(opened.form?.initial).toMatchObject({ at: '08:30', in: 'channel' });
    const saved = await dana.fills({ at: '08:30', in: 'thread' });
    expect(saved.text).toContain('comes at 08:30 on its working days, its list in a thread.');
    expect((await dana.types('digest schedule')).form?.initial).toMatchObject({ at: '08:30', in: 'thread' });
  });

  it('has its counts in the channel and its list below them, in place of yesterday’s', async () => {
    await passTo(world, '2026-12-01T13:30:00Z');
    const { lines, lists, odd } = channel();
    expect(lines).toEqual(['East team: 2 need somebody today.\n2 over · The list is below.']);
    expect(lists).toHaveLength(1);
    expect(lists[0]).toContain('K7T2-9 · high, 1 day over, moved from Fri 27 Nov · Maya Torres');
    expect(odd).toBe(0);
  });

  it('is acted on in its rows, and answers there; both follow', async () => {
    const logged = await maya.presses('Left message', 'K7T2-9 · high, 1 day over, moved from Fri 27 Nov · Maya Torres');
    expect(logged.text).toContain('Logged: K7T2-9');
    await world.delivered();
    const { lines, lists } = channel();
    expect(lines).toContain('East team: 1 needs somebody today.\n1 over · The list is below.');
    expect(lists.map(codesIn)).toEqual([['M4XR-1']]);
    if (platform === 'slack') {
      const [list] = maya.channel().filter(({ under }) => under !== undefined);
      const answers = world.slack.messages(slackChannel, 'U0MAYA').filter(({ onlyFor }) => onlyFor !== undefined);
      expect(answers.map(({ thread }) => thread)).toEqual(answers.map(() => list?.under));
      expect(answers).not.toHaveLength(0);
    }
  });

  it('goes with its thread when the next one is out', async () => {
    await maya.types('log K7T2-9 phone reached 10m fu 2026-12-30');
    await passTo(world, '2026-12-02T13:30:00Z');
    const { lines, lists, odd } = channel();
    expect(lines).toEqual(['East team: 1 needs somebody today.\n1 over · The list is below.']);
    expect(lists.map(codesIn)).toEqual([['M4XR-1']]);
    expect(odd).toBe(0);
  });

  it('waits for the message it stands under, however long that takes', async () => {
    if (platform === 'slack') {
      world.slack.faults.set([
        { kind: 'error:service_unavailable', method: 'chat.postMessage', channel: slackChannel, times: 2 },
      ]);
    } else world.teams.faults.add({ kind: '503', conversation: teamsChannel, times: 2 });
    await passTo(world, '2026-12-03T13:30:00Z');
    expect(channel().lists.map(codesIn)).toEqual([['M4XR-1']]);
    await passTo(world, '2026-12-03T13:50:00Z');
    await passTo(world, '2026-12-03T14:10:00Z');
    const { lines, lists, odd } = channel();
    expect([lines.length, lists.length, odd]).toEqual([1, 1, 0]);
    expect(lists[0]).toContain('M4XR-1 · medium, 3 days over');
  });

  it('stands in the channel again when that is chosen, and nothing of the thread is left', async () => {
    await dana.types('digest schedule');
    await dana.fills({ at: '08:30', in: 'channel' });
    await passTo(world, '2026-12-07T13:30:00Z');
    const { lines, lists } = channel();
    expect(lists).toEqual([]);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('M4XR-1 · medium, 7 days over · Maya Torres');
  });

  it('stands where the organisation file says, which wins over what was chosen in chat', async () => {
    const apply = async (written: string): Promise<void> => {
      const file = await readSample((text) => onBothPlatforms(text).replace('{ at: "08:30" }', written));
      await world.store.inOrganisation('riverside', async (tx) => {
        // Who is at one platform only, for these tests, has not left.
        await tx.db.identity.updateMany({ data: { active: true } });
        await applyOrganisation(tx, file, { actor: byCommandLine, now: world.clock.now() });
      });
    };
    const chosen = async (): Promise<string> =>
      (await world.store.inOrganisation('riverside', (tx) => findTeamPlan(tx, 'east'))).in;
    await world.store.inOrganisation('riverside', (tx) => saveTeamPlan(tx, 'east', { at: '09:00', in: 'thread' }));
    await apply('{ at: "08:30" }');
    expect(await chosen()).toBe('channel');
    await apply('{ at: "08:30", in: thread }');
    expect(await chosen()).toBe('thread');
    await expect(apply('{ at: "08:30", in: chanel }')).rejects.toThrow();
    expect(await chosen()).toBe('thread');
  });
});
