import { describe, expect, it } from 'vitest';
import { foreignPress } from '../../src/dispatch/foreign-press.ts';
import type { Inbound } from '../../src/chat/inbound.ts';

const ours = { organisation: 'riverside' };
const theirs = { organisation: 'elsewhere' };
const press: Pick<Inbound, 'what' | 'place' | 'via'> = {
  what: { kind: 'button', action: 'next.open' },
  place: { id: 'C1', kind: 'channel' },
  via: 'T0HOST',
};

describe('a press in a channel that two companies share', () => {
  it.each([
    ['somebody of another company, where we are at home', undefined, ours, 'stranger'],
    ['somebody of another company that has Baton too', theirs, ours, 'not-allowed'],
    ['one of us, where the other company is at home', ours, undefined, 'not-allowed'],
    ['somebody of nowhere, nowhere', undefined, undefined, 'stranger'],
  ])('by %s is refused', (_who, own, host, code) => {
    const refusal = foreignPress(press, own, host);
    expect(refusal).toMatchObject({ code, denial: true });
    expect(refusal?.message).toContain('Please press in your own workspace.');
  });

  it('by one of us in another workspace of ours is none of that', () => {
    expect(foreignPress(press, ours, ours)).toBeUndefined();
  });

  it('is about presses in shared places only', () => {
    expect(foreignPress({ ...press, via: undefined }, undefined, undefined)).toBeUndefined();
    expect(foreignPress({ ...press, place: { id: 'D1', kind: 'direct' } }, ours, undefined)).toBeUndefined();
    expect(foreignPress({ ...press, what: { kind: 'home-opened' } }, ours, undefined)).toBeUndefined();
  });
});
