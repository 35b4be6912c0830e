import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSlackInstallations, UnknownWorkspace, type NoteToken } from '../../src/store/slack-installations.ts';
import { noteWorkspace } from '../../src/feature/tell-administrators.ts';
import { collectedFeatures } from '../../src/app.ts';
import { outboxOfTables } from '../../src/schedule/outbox-of-tables.ts';
import { textOf } from '../helpers/screen.ts';
import { handOf, openWorld, platforms, slackTenant, type World } from '../helpers/world.ts';

describe('the token of a workspace', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld({
      // Bea administers.
      organisation: (text) => text.replace(/(\{ id: bea,[^\n]*roles: )\[[^\]]*\]/, '$1[admin]'),
    });
  });
  afterAll(() => world.close());
  const note: NoteToken = (tx, change) =>
    noteWorkspace(tx, { features: collectedFeatures, outbox: outboxOfTables, privacy: 'minimal' }, change);
  const save = async (state: string): Promise<void> => {
    const installation = { tenant: slackTenant, botToken: 'xoxb-1', installedBy: 'U0EVE', state };
    await createSlackInstallations(world.store, world.clock, note).save({ ...installation, installedAt: new Date() });
    await world.delivered();
  };
  const onRecord = (): Promise<readonly string[]> =>
    world.store.inOrganisation('riverside', async (tx) => {
      const rows = await tx.db.auditEvent.findMany({
        where: { verb: { startsWith: 'workspace.' } },
        orderBy: { sequence: 'asc' },
      });
      return rows.map(({ actor, verb, subjectId }) => `${actor} ${verb} ${subjectId}`);
    });
  const told = (): string =>
    platforms.flatMap((platform) => handOf(world, platform, 'bea').sees().map(textOf)).join('\n');

  it('is on record when it comes and when it is replaced, and administrators are told', async () => {
    await save('one');
    expect(await onRecord()).toEqual(['slack:U0EVE workspace.installed rs-slack']);
    expect(told()).toContain('Baton was installed in the workspace rs-slack.');
    world.clock.advance(60_000);
    await save('two');
    expect((await onRecord()).at(-1)).toBe('slack:U0EVE workspace.token-replaced rs-slack');
    expect(told()).toContain('The token of Baton was replaced in the workspace rs-slack.');
    expect(handOf(world, 'slack', 'maya').sees().map(textOf).join()).not.toContain('The token of Baton');
  });

  it('comes by each way once', async () => {
    const before = await onRecord();
    await expect(save('two')).rejects.toThrow('finished before');
    expect(await onRecord()).toEqual(before);
  });

  it('of a workspace that the organisation does not name is not kept', async () => {
    const before = await onRecord();
    const installation = { tenant: 'T0ELSEWHERE', botToken: 'xoxb-1', installedBy: 'U0EVE', state: 'three' };
    const installations = createSlackInstallations(world.store, world.clock, note);
    await expect(installations.save({ ...installation, installedAt: new Date() })).rejects.toThrow(UnknownWorkspace);
    expect(await installations.botToken('T0ELSEWHERE')).toBeUndefined();
    expect(await onRecord()).toEqual(before);
  });

  it('goes when Baton is taken out, which is on record once and told', async () => {
    world.clock.advance(60_000);
    const at = world.clock.now();
    await createSlackInstallations(world.store, world.clock, note).remove(slackTenant, at);
    await world.slack.uninstall();
    await world.settled();
    expect((await onRecord()).filter((row) => row.includes('workspace.removed'))).toEqual([
      'slack workspace.removed rs-slack',
    ]);
    expect(handOf(world, 'teams', 'bea').sees().map(textOf).join()).toContain(
      'Baton was taken out of the workspace rs-slack.',
    );
  });
});
