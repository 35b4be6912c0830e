import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Card } from '../../../src/chat/card.ts';
import type { Fault } from '../../../src/simulator/slack/faults.ts';
import { openWorld, slackTenant, type World } from '../../helpers/world.ts';

/** Pictures on their way to Slack: three steps, and a message that arrives whatever becomes of them. */
const card = (value: number): Card => ({
  kind: 'test.picture',
  summary: 'Load',
  nodes: [
    {
      kind: 'picture',
      alt: 'Load of the team',
      draw: { kind: 'bars', title: 'Load', unit: 'points', rows: [{ label: 'Maya', value, limit: 120, trend: [] }] },
    },
    { kind: 'text', text: `Maya: ${value} of 120` },
  ],
});

describe('a picture on its way to Slack', () => {
  let world: World;
  let uploads: string[] = [];
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  const sender = () => {
    const { slack } = world.service;
    if (slack === undefined) throw new Error('there is no Slack');
    return slack.sender;
  };
  const shown = () => world.slack.messages(world.slack.direct('U0MAYA')).at(-1);
  const fileOf = (): string | undefined => {
    const block = shown()?.blocks.find(({ type }) => type === 'image');
    return block?.type === 'image' ? block.slack_file?.id : undefined;
  };
  let key = 0;
  const post = async (value: number, faults: readonly Fault[] = []) => {
    world.slack.faults.set(faults);
    key += 1;
    const to = { tenant: slackTenant, to: { user: 'U0MAYA' } };
    const posted = await sender().post(to, card(value), { key: `k${key}`, plain: false });
    world.slack.faults.set([]);
    return posted;
  };

  it('is uploaded, completed, and shown by its id with words beside it', async () => {
    expect(await post(10)).toMatchObject({ ok: true });
    const id = fileOf() ?? '';
    expect(id).toMatch(/^F[A-Z0-9]{8,}$/);
    const file = await fetch(`${world.service.url}/local/slack/files/${id}`);
    expect(file.headers.get('content-type')).toBe('image/png');
    expect(JSON.stringify(shown()?.blocks)).toContain('Maya: 10 of 120');
    uploads = [id];
  });

  it('is not uploaded again while it shows the same, and is when it shows something else', async () => {
    await post(10);
    expect(fileOf()).toBe(uploads[0]);
    const message = {
      tenant: slackTenant,
      place: world.slack.direct('U0MAYA'),
      messageId: shown()?.ts ?? '',
      serviceUrl: undefined,
    };
    await sender().update(message, card(10));
    expect(fileOf()).toBe(uploads[0]);
    await sender().update(message, card(11));
    expect(fileOf()).not.toBe(uploads[0]);
    expect(fileOf()).toBeDefined();
  });

  it.each(['files.getUploadURLExternal', 'files.completeUploadExternal'] as const)(
    'leaves the message whole without it when %s fails, and comes with the next try',
    async (method) => {
      const value = method === 'files.completeUploadExternal' ? 21 : 20;
      for (const kind of ['429', '500', 'lost-reply', 'error:missing_scope'] as const) {
        expect(await post(value, [{ method, kind, times: 1 }])).toMatchObject({ ok: true });
        expect(fileOf()).toBeUndefined();
        expect(JSON.stringify(shown()?.blocks)).toContain('Picture: Load of the team');
      }
      await post(value);
      expect(fileOf()).toBeDefined();
    },
  );

  it('waits for Slack to make the file ready, and goes without it when that takes too long', async () => {
    const refused: Fault = { method: 'chat.postMessage', kind: 'error:invalid_blocks', times: 1 };
    expect(await post(30, [refused])).toMatchObject({ ok: true });
    expect(fileOf()).toBeDefined();
    expect(await post(31, [{ ...refused, times: 3 }])).toMatchObject({ ok: true });
    expect(fileOf()).toBeUndefined();
    // A card without pictures that is refused is refused at once: that is a mistake of ours.
    expect(await post(31, [{ ...refused, times: 4 }])).toMatchObject({ ok: false, code: 'invalid_blocks' });
  });

  it('is seen by nobody before it is completed, and takes exactly the bytes that were announced', async () => {
    const call = async (method: string, body: object) => {
      const response = await fetch(`${world.service.url}/local/slack/api/${method}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${world.slack.botToken}` },
        body: JSON.stringify(body),
      });
      return (await response.json()) as Record<string, unknown>;
    };
    const { upload_url, file_id } = await call('files.getUploadURLExternal', { filename: 'x.png', length: 8 });
    const image = { type: 'image', alt_text: 'x', slack_file: { id: file_id } };
    const show = () => call('chat.postMessage', { channel: world.slack.direct('U0MAYA'), text: 'x', blocks: [image] });
    expect(await show()).toMatchObject({ ok: false, error: 'invalid_blocks' });
    expect(await call('files.completeUploadExternal', { files: [{ id: file_id }] })).toMatchObject({
      error: 'file_not_found',
    });
    const send = async (bytes: number[]) =>
      (await fetch(String(upload_url), { method: 'POST', body: new Uint8Array(bytes) })).status;
    expect(await send([1, 2, 3])).toBe(400);
    expect(await send([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0])).toBe(200);
    expect(await send([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0])).toBe(404);
    expect(await show()).toMatchObject({ ok: false, error: 'invalid_blocks' });
    expect(await call('files.completeUploadExternal', { files: [{ id: file_id }] })).toMatchObject({ ok: true });
    expect(await show()).toMatchObject({ ok: true });
  });
});
