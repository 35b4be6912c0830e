import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runBaton } from './processes.mjs';

export const slackTenant = 'T0BENCH';
export const teamsTenant = '7b6a2f3e-0000-4000-8000-00000000a001';
/** Of the bench alone; every secret here is public. */
export const masterKey = Buffer.alloc(32, 3).toString('base64');

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const word = (number) => [676, 26, 1].map((unit) => letters[Math.floor(number / unit) % 26]).join('');

/** So many coordinators that no one of them types faster than a person may. */
export function makeCoordinators(count) {
  return Array.from({ length: count }, (_, index) => ({
    id: `person-${index}`,
    name: `Robin ${word(index)}berg`,
    slack: `U0P${String(index).padStart(4, '0')}`,
    teams: `0a000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
  }));
}

/**
 * The organisation in the database of `environment`, made by the command line as an administrator would. `team`: what its
 * file says of the team beside the usual.
 */
export async function applyOrganisation(folder, environment, people, team = {}) {
  const file = path.join(folder, 'organisation.yaml');
  const identities = ({ slack, teams }) =>
    `[{ workspace: b-slack, user: ${slack} }, { workspace: b-teams, user: ${teams} }]`;
  await writeFile(
    file,
    [
      'organisation: { id: bench, name: Bench }',
      'workspaces:',
      `  - { id: b-slack, platform: slack, externalId: ${slackTenant} }`,
      `  - { id: b-teams, platform: teams, externalId: ${teamsTenant} }`,
      `teams: [${JSON.stringify({ id: 'east', name: 'East team', zone: 'America/New_York', ...team })}]`,
      'people:',
      ...people.map(
        (one) =>
          `  - { id: ${one.id}, name: ${one.name}, roles: [${one.role ?? 'coordinator'}], team: east, identities: ${identities(one)} }`,
      ),
      '',
    ].join('\n'),
  );
  await runBaton(environment, 'apply', file);
}

/** The names of so many clients: one given name, and family names of which few begin with the same three letters. */
export const namesOf = (count, given = 'Ada') =>
  Array.from({ length: count }, (_, index) => `${given} ${word(index)}${word(index * 7)}son`);

/** A clinic's spreadsheet: `count` clients, dealt out to the coordinators. */
export async function writeSheet(file, people, count, given = 'Ada') {
  const rows = namesOf(count, given).map((name, index) => {
    const month = String((index % 12) + 1).padStart(2, '0');
    const day = String((index % 28) + 1).padStart(2, '0');
    const person = people[index % people.length];
    return `${name},${1950 + (index % 60)}-${month}-${day},${person.name}`;
  });
  await writeFile(file, ['Pt Name,DOB,Care Coordinator', ...rows, ''].join('\r\n'));
}

/** One client for each coordinator; returns the codes in the coordinators' order. */
export async function importClients(folder, environment, people) {
  const sheet = path.join(folder, 'caseload.csv');
  await writeSheet(sheet, people, people.length);
  await runBaton(environment, 'import', 'caseload', sheet);
  const exported = JSON.parse(await runBaton(environment, 'export', 'caseload', '--format', 'json'));
  const codes = new Map(exported.map(({ coordinator, client }) => [coordinator, client]));
  return people.map(({ id }) => codes.get(id));
}
