import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';
import { runBuilt, type Environment, type Ran } from './built-service.ts';

/** An organisation of many coordinators, one client each: so many that no single person types faster than a person can. */
export interface Coordinator {
  readonly id: string;
  readonly name: string;
  readonly platform: 'slack' | 'teams';
  /** The platform's id of the person. */
  readonly user: string;
  /** Default: coordinator. */
  readonly roles?: readonly string[];
}

export const slackTenant = 'T0RIVER';
export const teamsTenant = '7b6a2f3e-0000-4000-8000-00000000a001';
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Half of them on each platform. */
export function makeCoordinators(count: number): readonly Coordinator[] {
  return Array.from({ length: count }, (_, index) => {
    const platform = index % 2 === 0 ? 'slack' : 'teams';
    const number = String(index).padStart(3, '0');
    return {
      id: `person-${number}`,
      name: `Robin ${letters[Math.floor(index / 26)] ?? ''}${letters[index % 26] ?? ''}berg`,
      platform,
      user: platform === 'slack' ? `U0P${number}` : `0a000000-0000-4000-8000-000000000${number}`,
    };
  });
}

const clientName = (coordinator: Coordinator): string => coordinator.name.replace('Robin', 'Quintilian');

/** Names of every client: none of them may stand in a log. */
export const clientNames = (people: readonly Coordinator[]): readonly string[] => people.map(clientName);

const caseloadSchema = z.array(z.object({ client: z.string(), coordinator: z.string() }));

/** Makes organisation and caseload with the command line; returns each coordinator's client by its code. */
export async function prepareOrganisation(
  people: readonly Coordinator[],
  folder: string,
  environment: Environment,
  run: CommandLine = runBuilt,
): Promise<ReadonlyMap<string, string>> {
  const file = join(folder, 'org.yaml');
  await writeFile(
    file,
    stringify({
      organisation: { id: 'riverside', name: 'Riverside' },
      workspaces: [
        { id: 'rs-slack', platform: 'slack', externalId: slackTenant },
        { id: 'rs-teams', platform: 'teams', externalId: teamsTenant },
      ],
      teams: [{ id: 'east', name: 'East team', zone: 'America/New_York' }],
      people: people.map(({ id, name, platform, user, roles = ['coordinator'] }) => ({
        id,
        name,
        roles,
        team: 'east',
        identities: [{ workspace: platform === 'slack' ? 'rs-slack' : 'rs-teams', user }],
      })),
    }),
  );
  const sheet = join(folder, 'caseload.csv');
  const rows = people.map(
    (person, index) => `${clientName(person)},1980-01-${String((index % 28) + 1).padStart(2, '0')},${person.name}`,
  );
  await writeFile(sheet, ['Pt Name,DOB,Care Coordinator', ...rows, ''].join('\r\n'));
  const must = mustRunBy(run);
  await must(environment, 'apply', file);
  await must(environment, 'import', 'caseload', sheet);
  const exported = await must(environment, 'export', 'caseload', '--format', 'json');
  return new Map(
    caseloadSchema.parse(JSON.parse(exported)).map(({ coordinator, client }) => [coordinator, client] as const),
  );
}

export type CommandLine = (environment: Environment, ...words: string[]) => Promise<Ran>;

/** Runs the command line; throws with its words when it did not say "done". Returns its standard output. */
export const mustRun = (environment: Environment, ...words: string[]): Promise<string> =>
  mustRunBy(runBuilt)(environment, ...words);

const mustRunBy =
  (run: CommandLine) =>
  async (environment: Environment, ...words: string[]): Promise<string> => {
    const { code, out, err } = await run(environment, ...words);
    if (code !== 0) throw new Error(`baton ${words.join(' ')} ended with ${code}: ${err}${out}`);
    return out;
  };
