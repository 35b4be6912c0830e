import { expect, test } from 'vitest';
import { capabilities, describeSupport } from '../../src/chat/capabilities.ts';
import type { Capability } from '../../src/chat/capabilities.ts';

const names = Object.keys(capabilities).filter((name): name is Capability => name in capabilities);

test.each(names)('%s is native on at least one platform, and what lacks it says what happens instead', (name) => {
  const supports = [describeSupport(name, 'slack'), describeSupport(name, 'teams')];
  expect(supports.some(({ native }) => native)).toBe(true);
  for (const support of supports) {
    const sentence = support.native ? (support.note ?? 'Native.') : support.fallback;
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(sentence).not.toContain('!');
  }
});

test('what Teams lacks in a one-to-one chat and Slack has is declared', () => {
  expect(describeSupport('private-answer-in-direct-chat', 'teams').native).toBe(false);
  expect(describeSupport('confirm-dialog', 'teams').native).toBe(false);
  expect(describeSupport('home-tab', 'teams').native).toBe(false);
  expect(describeSupport('form-from-command', 'slack').native).toBe(true);
});
