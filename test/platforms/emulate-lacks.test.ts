import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEmulatedWorkspace, type EmulatedWorkspace } from './emulated-workspace.ts';

/**
 * What emulate 0.12.2 lacks, and what therefore only the local Slack of src/simulator tries. Each says how the gap
 * shows: the day emulate can do it, this fails and the smoke test above can grow.
 */
describe('emulate 0.12.2 lacks', () => {
  let workspace: EmulatedWorkspace;
  beforeAll(async () => {
    workspace = await openEmulatedWorkspace();
  });
  afterAll(() => workspace.close());

  const status = (path: string) =>
    fetch(`${workspace.emulateUrl}${path}`, { method: 'POST' }).then((response) => response.status);

  it('slash commands, presses, submissions and type-ahead, and the response_url they bring', async () => {
    expect(await status(`/commands/${workspace.team}/1/x`)).toBe(404);
    expect(await status(`/actions/${workspace.team}/1/x`)).toBe(404);
  });

  it('a way to subscribe to events: signed events are those of this test', async () => {
    const inspector = await fetch(`${workspace.emulateUrl}/?tab=events`);
    expect(await inspector.text()).toContain('No Slack event subscriptions are registered.');
  });

  it('Socket Mode', async () => {
    expect(await workspace.ask('apps.connections.open', {})).toMatchObject({ message: 'Not Found' });
  });

  it('refusals of tokens that are unknown or revoked: it takes them for its first user', async () => {
    const headers = { authorization: 'Bearer xoxb-revoked' };
    const response = await fetch(`${workspace.emulateUrl}/api/auth.test`, { method: 'POST', headers });
    expect(await response.json()).toMatchObject({ ok: true, user_id: workspace.admin });
  });

  it("Block Kit's rules: it keeps blocks that Slack refuses", async () => {
    const message = { channel: 'C000000001', text: 'x', blocks: [{ type: 'no-such-block' }] };
    expect(await workspace.ask('chat.postMessage', message)).toMatchObject({ ok: true });
  });

  it("Slack's pace of one message a second, and its memory of client_msg_id", async () => {
    const message = { channel: 'C000000001', text: 'x', client_msg_id: '6f2c1a52-0f0a-5a0e-9d52-0a4f6b6f5a11' };
    for (let sent = 0; sent < 10; sent += 1) {
      expect(await workspace.ask('chat.postMessage', message)).toMatchObject({ ok: true });
    }
  });
});
