import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readOrganisationFile } from '../../src/access/organisation-file.ts';
import { collectedFeatures } from '../../src/app.ts';

let text = '';
beforeAll(async () => {
  text = await readFile(new URL('../fixtures/org.yaml', import.meta.url), 'utf8');
});
/** The sample file with one thing changed. */
const changed = (from: string, to: string): unknown => {
  expect(text).toContain(from);
  return parse(text.replace(from, to));
};
const problems = (raw: unknown): readonly string[] => {
  const read = readOrganisationFile(raw, collectedFeatures.settings);
  return read.ok ? [] : read.problems.map(({ path, problem }) => `${path}: ${problem}`);
};

describe('the organisation file', () => {
  it('is read as an administrator writes it', () => {
    expect(problems(parse(text))).toEqual([]);
  });

  it.each([
    [
      'zone: America/New_York',
      'zone: America/New_Yrok',
      'teams[0].zone: not an IANA time zone, for example America/New_York',
    ],
    [
      'dailyDigest: { at: "08:30" }',
      'dailyDigest: { at: "8:30" }',
      'teams[0].schedules.dailyDigest.at: a time is written 08:30',
    ],
    [
      'weekday: tue',
      'weekday: tuesday',
      'teams[0].schedules.huddle.weekday: Invalid option: expected one of "mon"|"tue"|"wed"|"thu"|"fri"|"sat"|"sun"',
    ],
    [
      'workspace: rs-slack, channel: C0EAST',
      'workspace: rs-slak, channel: C0EAST',
      'teams[0].places[0].workspace: no such workspace',
    ],
    ['channel: C0EAST', 'conversation: C0EAST', 'teams[0].places[0]: a place in Slack names a channel'],
    ['id: jon,', 'id: maya,', 'people[1].id: the id maya is used twice'],
    ['team: west, fte: 1.0, qualifications', 'team: north, fte: 1.0, qualifications', 'people[2].team: no such team'],
    ['user: U0JON', 'user: U0MAYA', 'people[1].identities[0].user: this user is linked twice'],
    ['fte: 0.8', 'fte: -0.8', 'people[1].fte: Too small: expected number to be >0'],
    ['mon: "08:00-16:30"', 'mon: "16:30-08:00"', 'people[1].works.mon: the end comes after the start'],
    ['privacy: minimal', 'privacy: none', 'organisation.privacy: Invalid option: expected one of "minimal"|"full"'],
    ['privacy: minimal', 'privcy: minimal', 'organisation.privcy: not a known setting'],
    ['from: "2023-06-01"', 'from: "2023-02-30"', 'people[0].qualifications[0].from: a date is written 2026-11-26'],
  ])('names what is wrong by its path: %s → %s', (from, to, expected) => {
    expect(problems(changed(from, to))).toContain(expected);
  });

  it('names every problem at once', () => {
    const raw = parse(text.replace('zone: America/New_York', 'zone: Mars/Base').replace('fte: 0.8', 'fte: 9'));
    expect(problems(raw)).toHaveLength(2);
  });

  it.each([[null], [{}], [[]], ['text'], [42], [{ organisation: {} }]])('refuses %j without throwing', (raw) => {
    expect(problems(raw).length).toBeGreaterThan(0);
  });
});
