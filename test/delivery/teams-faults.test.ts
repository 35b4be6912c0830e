import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createConnector } from '../../src/teams/connector.ts';
import { createServiceHosts } from '../../src/teams/service-hosts.ts';
import type { Fault } from '../../src/simulator/teams/types.ts';
import { faultRows } from '../helpers/fault-rows.ts';
import { handOf, teamsChannel } from '../helpers/world.ts';
import { minute, openFaultScene, teamsUsers, toEast, type FaultScene } from './fault-scene.ts';
import { openGateway } from './gateway.ts';
import { refreshNote } from './posting.ts';

/** docs/faults.md, outbound to Teams, and its signing keys. */
let scene: FaultScene;
beforeAll(async () => {
  scene = await openFaultScene();
});
afterEach(() => scene.rest());
afterAll(() => scene.world.close());

const fail = (kind: Fault['kind'], more: Partial<Fault> = {}): void =>
  scene.world.teams.faults.add({ kind, conversation: teamsChannel, times: 1, ...more });
const onTeams = async (name: string): Promise<string | undefined> =>
  (await scene.rows(name)).find((row) => row.includes(' teams '));

describe('a fault that passes', () => {
  it.each(faultRows([1, 30, 300]))(
    'F01 429 with Retry-After %d: waits exactly so long, arrives once',
    async (retryAfter) => {
      const name = `f01-${retryAfter}`;
      fail('429', { retryAfter });
      await scene.send(name, toEast);
      expect(await onTeams(name)).toBe('team:east pending teams 1 Fault429');
      await scene.pass(retryAfter * 1_000 - 1);
      expect(scene.inChannel(name, 'teams')).toBe(0);
      await scene.pass(1);
      expect(await onTeams(name)).toBe('team:east sent teams 2 -');
      expect(scene.inChannel(name, 'teams')).toBe(1);
    },
  );

  it.each(
    faultRows(
      [
        ['F02 429 without Retry-After', '429-bare', 'pending', 'Fault429'],
        ['F04 500', '500', 'unknown', 'Fault500'],
        ['F27 401: our token was refused', '401', 'pending', 'Fault401'],
        ['F30 412', '412', 'pending', 'Fault412'],
        ['F30 502 with a page of HTML', '502', 'unknown', 'http-502'],
        ['F30 503', '503', 'pending', 'Fault503'],
        ['F30 504 with a page of HTML', '504', 'unknown', 'http-504'],
        ['a connection that breaks before anything is done', 'refused', 'unknown', 'connection'],
      ] as const,
      ([, kind, state]) => (kind === 'refused' ? 'no answer' : state),
    ),
  )('%s: %s is %s, sent again, arrives once', async (_title, kind, state, reason) => {
    const name = `once-${kind}`;
    fail(kind);
    await scene.send(name, toEast);
    expect(await onTeams(name)).toBe(`team:east ${state} teams 1 ${reason}`);
    expect(scene.inChannel(name, 'teams')).toBe(0);
    await scene.pass(2_000);
    expect(await onTeams(name)).toBe('team:east sent teams 2 -');
    expect(scene.inChannel(name, 'teams')).toBe(1);
  });

  it.each(
    faultRows(
      [
        ['a reply that is lost', 'lost-reply', 'connection'],
        ['F11 a connection that breaks in the middle of the answer', 'reset', 'no-id'],
        ['F12 201 with half of the JSON', 'truncated', 'no-id'],
        ['F26 an answer without the message’s id', 'no-id', 'no-id'],
      ] as const,
      ([, , reason]) => reason,
    ),
  )('%s: unknown, sent again: the one duplicate, and no third', async (_title, kind, reason) => {
    const name = `maybe-${kind}`;
    fail(kind);
    await scene.send(name, toEast);
    expect(await onTeams(name)).toBe(`team:east unknown teams 1 ${reason}`);
    expect(scene.inChannel(name, 'teams')).toBe(1);
    await scene.pass(2_000);
    expect(await onTeams(name)).toBe('team:east sent teams 2 -');
    await scene.pass(60 * minute);
    expect(scene.inChannel(name, 'teams')).toBe(2);
  });

  it.each(faultRows(['lost-reply', 'truncated', '504', '412', '401'] as const))(
    '%s while a message that is out is changed: changed again, and there is one message',
    async (kind) => {
      const name = `change-${kind}`;
      await scene.send(name, toEast);
      fail(kind);
      scene.notes.texts.set(name, `note ${name}. And more.`);
      await refreshNote(scene.world, name);
      await scene.world.delivered();
      await scene.pass(4_000);
      expect(scene.inChannel(name, 'teams')).toBe(1);
      expect(JSON.stringify(scene.world.teams.messages(teamsChannel).at(-1)?.card)).toContain('And more.');
    },
  );

  it('F03 a storm on one conversation holds that one only', async () => {
    fail('429', { times: 1_000, retryAfter: 30 });
    for (let count = 1; count <= 8; count += 1) await scene.post(`f03-${count}`, toEast);
    await scene.world.delivered();
    expect(scene.inChannel('f03-1', 'teams')).toBe(0);
    for (let count = 1; count <= 8; count += 1) expect(scene.inChannel(`f03-${count}`, 'slack')).toBe(1);
    expect((await handOf(scene.world, 'teams', 'maya').types('help')).text).toContain('next');
    scene.world.teams.faults.clear();
    await scene.pass(30_000);
    await scene.pass(minute);
    for (let count = 1; count <= 8; count += 1) expect(scene.inChannel(`f03-${count}`, 'teams')).toBe(1);
  });
});

describe('F27 a token of ours that is refused before its time', () => {
  it('is not taken from the cache again: the next request asks for a fresh one', async () => {
    const asked: boolean[] = [];
    const answers = [401, 401, 201, 201];
    const server = createServer((_request, response) => {
      response.writeHead(answers.shift() ?? 500, { 'content-type': 'application/json' }).end('{"id":"1"}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const connector = createConnector({
      bearer: ({ fresh }) => {
        asked.push(fresh);
        return Promise.resolve('token');
      },
      hosts: createServiceHosts(['127.0.0.1']),
      timeoutMs: 8_000,
    });
    const { port } = server.address() as AddressInfo;
    const to = { serviceUrl: `http://127.0.0.1:${port}/`, conversationId: 'a' };
    const results: string[] = [];
    for (let count = 0; count < 4; count += 1) {
      results.push(
        await connector
          .send(to, { text: 'x' })
          .catch((error: unknown) => (error instanceof Error ? error.message : '')),
      );
    }
    server.closeAllConnections();
    server.close();
    expect(asked).toEqual([false, true, true, false]);
    expect(results).toEqual(['Teams refused a request (http-401)', 'Teams refused a request (http-401)', '1', '1']);
  });

  it('a token that does not come is waited for no longer than an answer, and nothing was sent', async () => {
    const connector = createConnector({
      bearer: () => new Promise(() => undefined),
      hosts: createServiceHosts(['127.0.0.1']),
      timeoutMs: 50,
    });
    const to = { serviceUrl: 'http://127.0.0.1:9/', conversationId: 'a' };
    await expect(connector.send(to, { text: 'x' })).rejects.toMatchObject({ code: 'no-token', unknown: false });
  });

  it('that stays refused: parked after the patience of its priority, the supervisor reads what is missing', async () => {
    fail('401', { times: 1_000, code: 'Unauthorized' });
    await scene.send('f27', toEast);
    await scene.triedBefore('f27', 58);
    await scene.pass(5 * minute);
    await scene.pass(5 * minute);
    expect(await onTeams('f27')).toBe('team:east parked teams 60 Unauthorized');
    expect(scene.supervisorReads()).toContain('Baton lacks a right there. Tell your administrator, then retry.');
  });
});

describe('a no that stays', () => {
  it.each(
    faultRows([
      ['F28', '403', 'BotNotInConversationRoster', 'Baton is not added there. Add it, then retry.'],
      ['F28', '403', 'MessageWritesBlocked', 'Baton may not write there. Change who may post, then retry.'],
      ['F29', '404', 'ConversationNotFound', 'The conversation is gone. Give the team another place, then retry.'],
      ['', '413', 'MessageSizeTooBig', 'The platform refused it (MessageSizeTooBig).'],
    ] as const),
  )('%s %s %s: parked at the first try, the supervisor reads why', async (_fault, kind, code, words) => {
    fail(kind, { code });
    await scene.send(code, toEast);
    expect(await scene.rows(code)).toEqual(['team:east sent slack 1 -', `team:east parked teams 1 ${code}`]);
    expect(scene.supervisorReads()).toContain('1 message could not be delivered.');
    expect(scene.supervisorReads()).toContain(words);
    await scene.pass(24 * 60 * minute);
    expect(scene.inChannel(code, 'teams')).toBe(0);
  });

  it('F29 a message that is gone is left alone and followed no more', async () => {
    await scene.send('f29-gone', toEast);
    fail('404', { code: 'ActivityNotFound' });
    await refreshNote(scene.world, 'f29-gone');
    scene.notes.texts.set('f29-gone', 'note f29-gone. And more.');
    await scene.world.delivered();
    expect(await onTeams('f29-gone')).toBe('team:east sent teams 2 ActivityNotFound');
  });

  it('F28 somebody removed Baton from their chat, and has nothing else: parked, and a retry once it is back', async () => {
    await scene.world.store.inOrganisation(
      'riverside',
      (tx) => tx.db.$executeRaw`
        delete from identity where organisation_id = 'riverside' and person_id = 'jon' and workspace_id = 'rs-slack'`,
    );
    await scene.world.teams.uninstall({ user: teamsUsers.jon });
    await scene.world.settled();
    await scene.send('f28-jon', { to: { person: 'jon' } });
    expect((await scene.rows('f28-jon'))[0]).toMatch(
      /^person:jon parked teams 1 (no-chat|BotNotInConversationRoster)$/,
    );
    expect(scene.supervisorReads()).toContain('Baton is not added there.');
    await scene.world.teams.install({ user: teamsUsers.jon });
    await handOf(scene.world, 'slack', 'dana').presses('Retry', 'Jon Reyes');
    await scene.world.settled();
    expect(await scene.rows('f28-jon')).toEqual(['person:jon sent teams 1 -']);
    expect(scene.withPerson('f28-jon', 'jon', 'teams')).toBe(1);
    expect(scene.supervisorReads()).toContain('Every message has arrived.');
  });
});

describe('F31 a tenant whose connector moved', () => {
  it('is written to where its last inbound came from: what waited goes there, and so do changes', async () => {
    await scene.send('f31-old', toEast);
    const gone = await openGateway(() => 0);
    await gone.set('shut');
    const serviceUrl = `http://127.0.0.1:${gone.port}/`;
    // What came last came from an address that is dead by now.
    const activity = { ...scene.world.teams.activity({ user: teamsUsers.maya, text: 'help' }), serviceUrl };
    await scene.world.teams.post(activity, await scene.world.teams.token({ claims: { serviceurl: serviceUrl } }));
    await scene.world.settled();
    await scene.send('f31', toEast);
    expect(await onTeams('f31')).toBe('team:east pending teams 1 no-connection');
    scene.world.clock.advance(1_000);
    await handOf(scene.world, 'teams', 'maya').types('help');
    await scene.world.settled();
    scene.notes.texts.set('f31-old', 'note f31-old. And more.');
    await refreshNote(scene.world, 'f31-old');
    await scene.pass(2_000);
    expect(await onTeams('f31')).toBe('team:east sent teams 2 -');
    expect(scene.inChannel('f31', 'teams')).toBe(1);
    const cards = scene.world.teams.messages(teamsChannel).map(({ card }) => JSON.stringify(card));
    expect(cards.filter((card) => card.includes('note f31-old. And more.'))).toHaveLength(1);
  });
});

describe('F32 the signing keys of Teams', () => {
  it('out of reach: what is known stays good, so people notice nothing', async () => {
    expect((await handOf(scene.world, 'teams', 'maya').types('help')).text).toContain('next');
    scene.world.teams.faults.add({ kind: 'no-keys', times: 1_000 });
    expect((await handOf(scene.world, 'teams', 'maya').types('help')).text).toContain('next');
    expect(scene.world.teams.faults.list()).toEqual([{ kind: 'no-keys', times: 1_000 }]);
  });

  it('rolled over while the old ones are still published: requests of either key are taken', async () => {
    const old = await scene.world.teams.token();
    const activity = scene.world.teams.activity({ user: teamsUsers.maya, text: 'help' });
    await scene.world.teams.rollKeys({ keepOld: true });
    expect((await scene.world.teams.post({ ...activity, id: 'old' }, old)).status).toBe(200);
  });
});
