import { describe, expect, it } from 'vitest';
import { collectedFeatures } from '../../src/app.ts';
import { countsAsCommand, tooFast, usualLimit } from '../../src/dispatch/command-limit.ts';
import type { Happening } from '../../src/chat/inbound.ts';

const counts = (what: Happening): boolean => countsAsCommand(collectedFeatures, what);
const typed = (text: string): Happening => ({ kind: 'command', text });

describe('what counts against how many commands a person may type at a stroke', () => {
  it('is whatever is typed, understood or not', () => {
    for (const { name } of collectedFeatures.commands) expect(counts(typed(name)), name).toBe(name !== 'escalate');
    for (const text of ['', 'K7T2-9', 'no such thing', 'log '.repeat(20_000)]) expect(counts(typed(text))).toBe(true);
  });

  it('is nothing of an escalation', () => {
    for (const text of ['escalate', '/care escalate K7T2-9 crisis', 'Escalation list']) {
      expect(counts(typed(text)), text).toBe(false);
    }
  });

  it.each<Happening>([
    { kind: 'button', action: 'contacts.undo' },
    { kind: 'form-submitted', form: 'contacts.log', session: 'one', values: {} },
    { kind: 'form-closed', form: 'contacts.log', session: 'one' },
    { kind: 'option-search', search: 'clients', query: 'da' },
    { kind: 'home-opened' },
    { kind: 'reacted', message: 'one' },
    { kind: 'installed' },
    { kind: 'uninstalled' },
    { kind: 'user-changed', active: false },
  ])('is not what is pressed, sent or only looked at, nor what a platform tells: $kind', (what) => {
    expect(counts(what)).toBe(false);
  });
});

describe('what somebody is told who was too fast', () => {
  const came = new Date('2026-11-23T14:00:00.000Z');
  it.each([
    [0, '10 seconds'],
    [1, '10 seconds'],
    [8_999, '2 seconds'],
    [9_000, '1 second'],
    [9_999, '1 second'],
  ])('%i ms after the command that has to fall out of the window: go on in %s', (after, wait) => {
    const refusal = tooFast(usualLimit, came, new Date(came.getTime() + after));
    expect(refusal.message).toContain(`Please try again in ${wait}.`);
    expect(refusal.code).toBe('too-fast');
  });
});
