import { describe, expect, it } from 'vitest';
import { randomIds } from '../../../src/ids.ts';
import { createInstallState } from '../../../src/slack/install-state.ts';

describe('the way to Slack and back', () => {
  let now = new Date('2026-11-23T14:00:00Z');
  const ports = { clock: { wallNow: () => now }, ids: randomIds };
  const states = createInstallState({ ...ports, secret: 'a secret of thirty-two characters' });

  it('is good for ten minutes, and only as it was signed', () => {
    const state = states.create();
    expect(states.read(state)).toMatch(/^[0-9a-f]{64}$/);
    expect(createInstallState({ ...ports, secret: 'another' }).read(state)).toBeUndefined();
    const [id = '', until = '', signature = ''] = state.split('.');
    expect(states.read(`${id}.${Number(until) + 1}.${signature}`)).toBeUndefined();
    for (const wrong of ['', 'forged', `${id}.${until}.`, `${state}0`]) expect(states.read(wrong)).toBeUndefined();
    now = new Date(now.getTime() + 10 * 60_000);
    expect(states.read(state)).toBeDefined();
    now = new Date(now.getTime() + 1);
    expect(states.read(state)).toBeUndefined();
  });
});
