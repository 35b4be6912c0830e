import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../helpers/patient.ts';
import { serveSlackSocket, type SlackSocket } from '../helpers/slack-socket.ts';
import { handOf, openWorld, type World } from '../helpers/world.ts';

/** Whoever runs it sees whether Slack is connected, and hears at the start of a token that is none. */
describe('Slack by Socket Mode', () => {
  let socket: SlackSocket;
  let world: World;
  beforeAll(async () => {
    socket = await serveSlackSocket();
    world = await openWorld({ slackSocket: socket });
  });
  afterAll(async () => {
    await world.close();
    await socket.close();
  });
  const ready = async (): Promise<{ status: number; body: unknown }> => {
    const response = await fetch(`${world.service.url}/readyz`);
    return { status: response.status, body: await response.json() };
  };
  const metric = async (): Promise<string | undefined> =>
    /^baton_slack_socket_connected \d$/m.exec(await (await fetch(`${world.service.url}/metrics`)).text())?.[0];

  it('is connected, and /readyz says so', async () => {
    expect(await ready()).toMatchObject({ status: 200, body: { status: 'ready', slackSocket: 'connected' } });
    expect(await metric()).toBe('baton_slack_socket_connected 1');
  });

  it('is lost and refused: /readyz names the setting and stays 200, because Teams still comes in', async () => {
    world.slack.faults.set([{ method: 'apps.connections.open', kind: 'error:invalid_auth', times: 1000 }]);
    socket.cut();
    await waitFor(async () =>
      expect(await ready()).toMatchObject({
        status: 200,
        body: { status: 'degraded', slackSocket: expect.stringContaining('SLACK_APP_TOKEN was refused') as string },
      }),
    );
    expect(await metric()).toBe('baton_slack_socket_connected 0');
    expect((await handOf(world, 'teams', 'maya').types('help')).text).toContain('next');
  });

  it('comes back by itself', async () => {
    world.slack.faults.set([]);
    await socket.connected(2);
    await waitFor(async () => expect(await ready()).toMatchObject({ body: { status: 'ready' } }));
    expect((await handOf(world, 'slack', 'maya').types('help')).text).toContain('next');
  });

  it('does not start with a token that Slack refuses, and says which setting that is', async () => {
    const wrong = { ...socket, appToken: 'xapp-of-another-app', open: () => '' };
    const refused = openWorld({ slackSocket: wrong, slackApiUrl: () => `${world.service.url}/local/slack/api/` });
    await expect(refused).rejects.toThrow('SLACK_APP_TOKEN was refused (invalid_auth): make an app-level token');
  });
});
