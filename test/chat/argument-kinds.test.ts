import { describe, expect, test } from 'vitest';
import { makeClientCodeKind, oneOfKind, prefixedKind, userKind } from '../../src/chat/argument-kinds.ts';
import { aReading, clientKind } from './log-arguments.ts';

const reading = aReading();
const wrongCharacter = {
  is: 'wrong',
  code: 'bad-check-character',
  sentence: 'That code has a wrong character. Search for the client instead.',
};
const otherAlphabet = {
  is: 'wrong',
  code: 'bad-check-character',
  sentence: 'That code has a letter of another alphabet in it. Type it again, or search for the client.',
};

describe('a client code', () => {
  test.each(['K7T2-9', 'k7t2-9', 'K7T29', 'k7t29'])('%s is K7T2-9', (word) => {
    expect(clientKind.read(word, reading)).toEqual({ is: 'yes', value: 'K7T2-9' });
  });
  test('of digits only is read with and without its dash', () => {
    expect(clientKind.read('4821-7', reading)).toEqual({ is: 'yes', value: '4821-7' });
    expect(clientKind.read('48217', reading)).toEqual({ is: 'yes', value: '4821-7' });
  });
  test.each([
    'K7T2-8',
    'k7t28',
    '7KT2-9',
    'KT72-9',
    'P0Q8-O',
    'POQ8-7',
    'M4XR-I',
    'M4XR-l',
    'U7T2-9',
    'K7T-29',
    'K7T2-99',
    'K7T-9',
  ])('%s is refused and never repaired into somebody’s code', (word) => {
    expect(clientKind.read(word, reading)).toEqual(wrongCharacter);
  });
  test.each(['К7Т2-9', 'K7Т2-9', 'Ｋ７Ｔ２-９', 'K7T2-९', 'Κ7T29'])('%s has letters that only look right', (word) => {
    expect(clientKind.read(word, reading)).toEqual(otherAlphabet);
  });
  test.each([
    'visit',
    'phone',
    'video',
    'today',
    'email',
    'james',
    'sarah',
    'Мария',
    'reached',
    '15m',
    '1h15m',
    '12/3',
    '',
    'K'.repeat(5000),
  ])('%s is no code and left to others', (word) => {
    expect(clientKind.read(word, reading)).toEqual({ is: 'no' });
  });
  test('letters that a code cannot have are refused before any arithmetic', () => {
    expect(makeClientCodeKind(() => true).read('POQ8-7', reading)).toEqual(wrongCharacter);
  });
  test('minutes that look like a code are minutes, unless the dash is typed', () => {
    expect(clientKind.read('15hrs', reading)).toEqual({ is: 'no' });
    expect(clientKind.read('15HR-S', reading)).toEqual({ is: 'yes', value: '15HR-S' });
  });
});

describe('one of a few words', () => {
  const kind = oneOfKind('outcome', ['left-message', 'no-show', 'reached'], { vm: 'left-message' });
  test.each([
    ['left-message', 'left-message'],
    ['LEFT_MESSAGE', 'left-message'],
    ['leftmessage', 'left-message'],
    ['VM', 'left-message'],
    ['NoShow', 'no-show'],
    ['Reached', 'reached'],
  ])('%s is %s', (word, value) => {
    expect(kind.read(word, reading)).toEqual({ is: 'yes', value });
  });
  test.each(['reach', '', '-', 'constructor', '__proto__', 'toString'])('%s is none of them', (word) => {
    expect(kind.read(word, reading)).toEqual({ is: 'no' });
  });
});

describe('a person', () => {
  test.each([
    ['@U0JON', 'U0JON'],
    ['@0a000000-0000-4000-8000-00000000b001', '0a000000-0000-4000-8000-00000000b001'],
    ['@jon', 'jon'],
  ])('%s is the user %s', (word, value) => {
    expect(userKind.read(word, reading)).toEqual({ is: 'yes', value });
  });
  test.each(['@', '@here', '@channel', '@Everyone', '<@U>', '<!channel>', '@a|b', '@@jon', `@${'a'.repeat(200)}`])(
    '%s is refused in words',
    (word) => {
      expect(userKind.read(word, reading)).toEqual({
        is: 'wrong',
        code: 'invalid-value',
        sentence: 'I could not read that person. Type @ and choose one name from the list.',
      });
    },
  );
  test('a word without @ is left to others', () => {
    expect(userKind.read('jon', reading)).toEqual({ is: 'no' });
  });
});

describe('a team or partner', () => {
  const team = prefixedKind('team', 'team');
  test('team:West is the team west', () => {
    expect(team.read('team:West', reading)).toEqual({ is: 'yes', value: 'west' });
    expect(team.read('partner:west', reading)).toEqual({ is: 'no' });
  });
  test.each(['team:', 'team:../x', "team:'"])('%s is refused in words', (word) => {
    expect(team.read(word, reading)).toEqual({
      is: 'wrong',
      code: 'invalid-value',
      sentence: 'Write the team as team: and its short name, without spaces.',
    });
  });
});
