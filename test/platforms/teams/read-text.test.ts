import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readText } from '../../../src/teams/read-text.ts';
import { propertyRuns } from '../../helpers/property-runs.ts';

const bot = '28:app';
const mention = (text: string, id: string, aadObjectId?: string) => ({
  type: 'mention' as const,
  text,
  mentioned: { id, ...(aadObjectId === undefined ? {} : { aadObjectId }) },
});
const baton = mention('<at>Baton</at>', bot);

describe('text from Teams', () => {
  it.each([
    ['a bare command', 'help', [], 'help'],
    ['no text at all', undefined, [baton], ''],
    ['repeated mentions and hard spaces', '<at>Baton</at>&nbsp;<at>Baton</at> next\u00a0', [baton], 'next'],
    ['the word care in front', '/care log K7T2-9 phone', [], 'log K7T2-9 phone'],
    ['the word care without its stroke', 'Care  help', [], 'help'],
    ['care alone', '<at>Baton</at> /care', [baton], ''],
    ['a word that only begins with care', 'caregiver', [], 'caregiver'],
    [
      'another person',
      '/care refer K7T2-9 to <at>Jon</at> urgent',
      [mention('<at>Jon</at>', '29:x', 'aad-jon')],
      'refer K7T2-9 to @aad-jon urgent',
    ],
    ['a person known by the chat id alone', 'cover <at>Jon</at>', [mention('<at>Jon</at>', '29:x')], 'cover @29:x'],
    [
      'two people of one name',
      '<at>Jon</at> <at>Jon</at>',
      [mention('<at>Jon</at>', '29:a', 'a'), mention('<at>Jon</at>', '29:b', 'b')],
      '@a @b',
    ],
    ['a tag nobody stands behind', '<at>Jon</at>', [], 'Jon'],
    ['a typed tag', '&lt;at&gt;Baton&lt;/at&gt;', [baton], '<at>Baton</at>'],
    ['entities once', 'a &amp;lt; b &amp; c &#8217; &#x41;', [], 'a &lt; b & c ’ A'],
    ['smart quotes', 'client “K7T2-9”', [], 'client “K7T2-9”'],
    ['line ends', 'a\r\nb\rc', [], 'a\nb\nc'],
  ] as const)('is read with %s', (_what, text, mentions, expected) => {
    expect(readText(text, bot, [...mentions])).toBe(expected);
  });

  it('never throws, in time that grows with its length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => typeof readText(text, bot, [baton]) === 'string'),
      { numRuns: propertyRuns.usual },
    );
    expect(readText('<at '.repeat(60_000), bot, [baton])).toContain('<at');
    expect(readText('&'.repeat(200_000), bot, [])).toHaveLength(200_000);
  });
});
