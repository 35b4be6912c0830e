import { describe, expect, it } from 'vitest';
import { collectedFeatures } from '../../src/app.ts';
import { escalations } from '../../src/care/escalations/feature.ts';
import { countsAsAct, tooFast, usualActLimit } from '../../src/chat/act-limit.ts';
import { PAGE_ACTION } from '../../src/chat/card.ts';
import type { Happening } from '../../src/chat/inbound.ts';

const counts = (what: Happening): boolean => countsAsAct(collectedFeatures, what);
const press = (action: string, subject?: string): Happening => ({
  kind: 'button',
  action,
  ...(subject === undefined ? {} : { subject }),
});
const sent = (form: string): Happening => ({ kind: 'form-submitted', form, session: 'one', values: {} });
const typed = (text: string): Happening => ({ kind: 'command', text });

describe('what counts against how much a person may do at a stroke', () => {
  it('is whatever is typed, pressed or sent, understood or not', () => {
    for (const { name } of collectedFeatures.commands) expect(counts(typed(name)), name).toBe(name !== 'escalate');
    for (const text of ['', 'K7T2-9', 'no such thing', 'log '.repeat(20_000)]) expect(counts(typed(text))).toBe(true);
    expect(counts(press('nobody.knows'))).toBe(true);
    expect(counts(press(PAGE_ACTION, 'caseloads.own/maya'))).toBe(true);
    expect(counts(sent('contacts.log'))).toBe(true);
  });

  it('is nothing of an escalation: not its commands, buttons, forms, nor the pages of its lists', () => {
    const { buttons = {}, forms = {}, cards = {} } = escalations;
    for (const action of Object.keys(buttons)) expect(counts(press(action)), action).toBe(false);
    for (const form of Object.keys(forms)) expect(counts(sent(form)), form).toBe(false);
    for (const card of Object.keys(cards)) expect(counts(press(PAGE_ACTION, `${card}/one`)), card).toBe(false);
    for (const text of ['escalate', '/care escalate K7T2-9 crisis', 'Escalation list']) {
      expect(counts(typed(text)), text).toBe(false);
    }
  });

  it.each<Happening>([
    { kind: 'form-closed', form: 'contacts.log', session: 'one' },
    { kind: 'option-search', search: 'clients', query: 'da' },
    { kind: 'home-opened' },
    { kind: 'reacted', message: 'one' },
    { kind: 'installed' },
    { kind: 'uninstalled' },
    { kind: 'user-changed', active: false },
  ])('is not what only looks, or what a platform tells: $kind', (what) => {
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
  ])('%i ms after the act that has to fall out of the window: go on in %s', (after, wait) => {
    const refusal = tooFast(usualActLimit, came, new Date(came.getTime() + after));
    expect(refusal.message).toContain(`Please try again in ${wait}.`);
    expect(refusal.code).toBe('too-fast');
  });
});
