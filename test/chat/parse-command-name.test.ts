import { expect, test } from 'vitest';
import { findCommand } from '../../src/chat/parse-command-name.ts';

const commands = [{ name: 'log', aliases: ['contact'] }, { name: 'next' }, { name: 'escalate', aliases: ['esc'] }];

test.each([
  [['log', 'K7T2-9'], 'log', ['K7T2-9']],
  [['LOG'], 'log', []],
  [['/log', 'a', 'b'], 'log', ['a', 'b']],
  [['Contact'], 'log', []],
  [['/care', 'next'], 'next', []],
  [['care', 'esc'], 'escalate', []],
])('%j asks for %s', (words, name, rest) => {
  expect(findCommand(words, commands)).toMatchObject({ is: 'command', command: { name }, words: rest });
});

test.each([[[]], [['/care']], [['Care']]])('%j is home', (words) => {
  expect(findCommand(words, commands)).toEqual({ is: 'home' });
});

test('an unknown command comes with the nearest name, if there is one', () => {
  expect(findCommand(['nxet'], commands)).toEqual({ is: 'unknown', suggestion: 'next' });
  expect(findCommand(['maria'], commands)).toEqual({ is: 'unknown' });
  expect(findCommand(['constructor'], commands)).toEqual({ is: 'unknown' });
});
