import { expect, test } from 'vitest';
import { describeUsage, helpCard } from '../../src/chat/help.ts';
import { renderPlain } from '../../src/chat/render-plain.ts';
import { logArguments } from './log-arguments.ts';

const { with: _with, occurred: _occurred, ...shortLog } = logArguments;
const log = {
  name: 'log',
  aliases: ['contact'],
  summary: 'Record a contact',
  arguments: shortLog,
  examples: ['log K7T2-9 phone reached 15m fu fri'],
  roles: ['coordinator'],
  prominence: 'first',
} as const;
const bill = {
  name: 'bill',
  summary: 'Minutes and codes of a month',
  arguments: {},
  examples: [],
  roles: ['billing', 'coordinator'],
  prominence: 'more',
} as const;
const settings = { ...bill, name: 'settings', summary: 'Settings', roles: ['admin'] } as const;
const commands = [log, bill, settings];

test('the usage line is made from the argument table', () => {
  expect(describeUsage(log)).toBe('log CLIENT MODE OUTCOME [MINUTES] [fu DATE]');
  expect(describeUsage({ name: 'refer', arguments: logArguments })).toContain('[with PERSON …]');
  expect(describeUsage(bill)).toBe('bill');
});

test('help shows the first commands and points to the others', () => {
  expect(renderPlain(helpCard(commands, ['coordinator'])).split('\n')).toEqual([
    'What you can type to Baton.',
    'What you can type',
    '• log · Record a contact · log CLIENT MODE OUTCOME [MINUTES] [fu DATE]',
    'Type help more for 1 more command.',
    'Type help and a name to see one, for example help log. In Slack, begin with /care.',
  ]);
});

test('help more shows the others, only those of the person’s roles', () => {
  const text = renderPlain(helpCard(commands, ['coordinator'], 'More'));
  expect(text).toContain('bill');
  expect(text).not.toContain('settings');
  expect(text).not.toContain('Record a contact');
  expect(renderPlain(helpCard(commands, ['admin'], 'more'))).toContain('settings');
});

test.each(['log', 'LOG', '/log', 'contact', ' log  please '])('help %s shows the one command', (topic) => {
  const card = helpCard(commands, ['coordinator'], topic);
  expect(card.subject).toBe('log');
  const text = renderPlain(card);
  for (const part of [
    'log CLIENT MODE OUTCOME [MINUTES] [fu DATE]',
    'log K7T2-9 phone reached 15m fu fri',
    '• MODE · how · phone, video, visit, text, email, letter, collateral, review',
    '• [fu DATE] · fri, +3d or 2026-12-03',
    'Also: contact.',
  ]) {
    expect(text).toContain(part);
  }
});

test('an unknown topic is answered with the nearest name, and never repeated', () => {
  expect(renderPlain(helpCard(commands, ['coordinator'], 'lgo'))).toContain(
    'There is no command of that name for you. Did you mean “log”?',
  );
  const text = renderPlain(helpCard(commands, ['coordinator'], 'Marigold'));
  expect(text).toContain('There is no command of that name for you. These are the first ones.');
  expect(text).not.toContain('Marigold');
});

test('a command of another role is as unknown as any other', () => {
  expect(renderPlain(helpCard(commands, ['coordinator'], 'settings'))).toContain('no command of that name for you');
});
