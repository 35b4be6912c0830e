import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { slackChannel, teamsChannel } from '../helpers/world.ts';
import { minute, openFaultScene, toEast, type FaultScene } from './fault-scene.ts';

/** What stands in the thread of another message, where that message is late, refused or gone. */
describe('what stands under another message', () => {
  let scene: FaultScene;
  let slackApi = '';

  beforeAll(async () => {
    scene = await openFaultScene({ slackApiUrl: (local) => (slackApi = local) });
  });
  afterEach(() => scene.rest());
  afterAll(() => scene.world.close());

  const keyOf = async (subject: string): Promise<string> => {
    const post = await scene.world.store.inOrganisation('riverside', (tx) =>
      tx.db.post.findFirstOrThrow({ where: { subject } }),
    );
    return post.key;
  };
  /** The text of each message with the text of the message it stands under. */
  function threads(name: string): { readonly slack: string[]; readonly teams: string[] } {
    const { slack, teams } = scene.world;
    const says = (content: unknown): string | undefined => /note [\w-]+\./.exec(JSON.stringify(content))?.[0];
    const onSlack = slack.messages(slackChannel);
    const onTeams = teams.messages(teamsChannel).filter(({ deleted }) => !deleted);
    const textOfSlack = new Map(onSlack.map(({ ts, blocks }) => [ts, says(blocks)]));
    const textOfTeams = new Map(onTeams.map(({ id, card }) => [id, says(card)]));
    const among = (
      messages: readonly { readonly thread?: string; readonly id: string }[],
      texts: ReadonlyMap<string, string | undefined>,
    ): string[] =>
      messages
        .filter(({ id }) => texts.get(id) === `note ${name}.`)
        .map(({ thread }) => (thread === undefined ? 'alone' : (texts.get(thread) ?? 'under nothing')));
    return {
      slack: among(
        onSlack.map(({ ts, thread }) => ({ id: ts, ...(thread !== undefined && { thread }) })),
        textOfSlack,
      ),
      teams: among(onTeams, textOfTeams),
    };
  }

  it('stands in its thread, at each place in that place’s own', async () => {
    await scene.post('root-1', toEast);
    await scene.send('list-1', { ...toEast, under: await keyOf('root-1') });
    expect(threads('list-1')).toEqual({ slack: ['note root-1.'], teams: ['note root-1.'] });
  });

  it('waits while that message is tried again, and goes no sooner', async () => {
    const { slack, teams } = scene.world;
    slack.faults.set([
      { kind: 'error:service_unavailable', method: 'chat.postMessage', channel: slackChannel, times: 1 },
    ]);
    teams.faults.add({ kind: '503', conversation: teamsChannel, times: 1 });
    await scene.post('root-2', toEast);
    await scene.send('list-2', { ...toEast, under: await keyOf('root-2') });
    expect(threads('list-2')).toEqual({ slack: [], teams: [] });
    await scene.pass(10 * minute);
    await scene.pass(minute);
    expect(threads('list-2')).toEqual({ slack: ['note root-2.'], teams: ['note root-2.'] });
  });

  it('stands in the place itself where that message was refused for good', async () => {
    const { slack, teams } = scene.world;
    slack.faults.set([
      { kind: 'error:restricted_action', method: 'chat.postMessage', channel: slackChannel, times: 1 },
    ]);
    teams.faults.add({ kind: '403', conversation: teamsChannel, times: 1 });
    await scene.post('root-3', toEast);
    await scene.send('list-3', { ...toEast, under: await keyOf('root-3') });
    expect(threads('list-3')).toEqual({ slack: ['alone'], teams: ['alone'] });
    expect((await scene.rows('root-3')).filter((row) => row.includes('parked'))).toHaveLength(2);
  });

  it('stands in the place itself where somebody took that message away', async () => {
    await scene.send('root-4', toEast);
    const { slack, teams } = scene.world;
    const [onSlack] = slack.messages(slackChannel).filter(({ blocks }) => JSON.stringify(blocks).includes('root-4'));
    await fetch(`${slackApi}chat.delete`, {
      method: 'POST',
      headers: { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ channel: slackChannel, ts: onSlack?.ts }),
    });
    const [onTeams] = teams.messages(teamsChannel).filter(({ card }) => JSON.stringify(card).includes('root-4'));
    await fetch(
      `${slackApi.replace('/slack/api/', '/teams')}/v3/conversations/${teamsChannel}/activities/${onTeams?.id ?? ''}`,
      { method: 'DELETE', headers: { authorization: `Bearer ${teams.settings().connectorToken}` } },
    );
    await scene.send('list-4', { ...toEast, under: await keyOf('root-4') });
    expect(threads('list-4').slack).toEqual(['alone']);
    expect(threads('list-4').teams).toEqual(['alone']);
  });
});
