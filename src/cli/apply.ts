import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import { applyOrganisation, type OrganisationChange } from '../access/apply-organisation.ts';
import { readOrganisationFile, type FileProblem } from '../access/organisation-file.ts';
import { careRoles } from '../access/roles.ts';
import { syncSchedules } from '../schedule/sync-schedules.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';
import type { CliCommand, CommandResult } from './command.ts';
import { CommandRefused, UsageError } from './parse-arguments.ts';

/** A dry run rolls its transaction back with what it found. */
class DryRun extends Error {
  readonly changes: readonly OrganisationChange[];
  constructor(changes: readonly OrganisationChange[]) {
    super('dry run');
    this.changes = changes;
  }
}

export const apply: CliCommand = {
  name: 'apply',
  usage: 'apply ORG.yaml [--dry-run]',
  summary: 'Make the organisation what one reviewed file says; twice changes nothing',
  async run({ store, clock }, given) {
    const [path, ...rest] = given.words;
    if (path === undefined || rest.length > 0) throw new UsageError('Name one file: baton apply ORG.yaml');
    const read = readOrganisationFile(parseYaml(await readText(path)));
    if (!read.ok) return refuse(read.problems);
    const { file } = read;
    const organisation = file.organisation.id;
    const known = (await store.organisations()).includes(organisation);
    if (!known && given.dryRun) {
      return {
        exit: 0,
        text: `The organisation ${organisation} would be created.`,
        json: { organisation, dryRun: true, created: true },
      };
    }
    let changes: readonly OrganisationChange[] = [];
    const applyFile = async (tx: OrganisationTransaction): Promise<void> => {
      changes = await applyOrganisation(tx, file, { actor: 'cli', now: clock.now() });
      await syncSchedules(tx, { now: clock.now(), digestRoles: careRoles });
      if (given.dryRun) throw new DryRun(changes);
    };
    try {
      const made = await store.createOrganisation({ id: organisation, name: file.organisation.name }, applyFile);
      if (made === 'existed') await store.inOrganisation(organisation, applyFile);
      return report(organisation, made === 'created', changes, false);
    } catch (error) {
      if (error instanceof DryRun) return report(organisation, false, error.changes, true);
      if (isExternalIdTaken(error)) {
        return refuse([{ path: 'workspaces', problem: 'a workspace of this file belongs to another organisation' }]);
      }
      throw error;
    }
  },
};

const isExternalIdTaken = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('workspace_platform_external_id');

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new CommandRefused('That file cannot be read. Check its name and its permissions.');
  }
}

function parseYaml(text: string): unknown {
  const document = parseDocument(text, { uniqueKeys: true });
  const [problem] = document.errors;
  if (problem !== undefined) {
    const [at] = problem.linePos ?? [];
    throw new CommandRefused(
      `The file is not valid YAML${at === undefined ? '' : ` (line ${at.line})`}. Nothing was changed.`,
    );
  }
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    throw new CommandRefused('The file repeats itself without end. Write it without aliases. Nothing was changed.');
  }
}

function refuse(problems: readonly FileProblem[]): CommandResult {
  return {
    exit: 1,
    text: [
      'The file was refused as a whole; nothing was changed.',
      ...problems.map(({ path, problem }) => `  ${path}: ${problem}`),
    ].join('\n'),
    json: { refused: problems },
  };
}

function report(
  organisation: string,
  created: boolean,
  changes: readonly OrganisationChange[],
  dryRun: boolean,
): CommandResult {
  const lines = changes.map((change) => `  ${change.kind} ${change.id}: ${change.what}`);
  const said =
    changes.length === 0 && !created
      ? 'Nothing to change.'
      : `${dryRun ? 'Would change' : 'Changed'} ${changes.length}.`;
  return {
    exit: 0,
    text: [`${organisation}: ${said}`, ...lines].join('\n'),
    json: { organisation, dryRun, created, changes },
  };
}
