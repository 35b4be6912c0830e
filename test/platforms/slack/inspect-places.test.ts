import { expect, it } from 'vitest';
import type { Call } from '../../../src/slack/call-slack.ts';
import { createSlackInspector } from '../../../src/slack/inspect.ts';

/** A private channel the bot is in, and what else Slack says of it. */
const told = (more: object): Call => {
  const body = { ok: true, channel: { is_private: true, is_member: true, ...more } };
  return () => Promise.resolve({ ok: true, body });
};
const traitsOf = async (more: object): Promise<unknown> =>
  createSlackInspector(told(more)).inspect({ tenant: 'T1', place: 'C1', serviceUrl: undefined });

it.each([
  ['nothing else', {}, []],
  ['shared with another organisation', { is_ext_shared: true }, ['shared']],
  ['an invitation of another organisation is out', { is_pending_ext_shared: true }, ['shared']],
  ['public', { is_private: false }, ['public']],
])('of a channel Slack says: %s', async (_title, more, traits) => {
  expect(await traitsOf(more)).toEqual({ ok: true, traits });
});
