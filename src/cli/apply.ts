import { byCommandLine } from '../doer.ts';
import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import { applyOrganisation, type OrganisationChange } from '../access/apply-organisation.ts';
import { withDepartures } from '../feature/end-access.ts';
import { readOrganisationFile, type FileProblem } from '../access/organisation-file.ts';
import { tellRotaChanges } from '../care/duty/tell-rota-changes.ts';
import { createSystemWork } from '../feature/create-system-work.ts';
import { withPager } from '../paging/write-pages.ts';
import { outboxOfTables } from '../schedule/outbox-of-tables.ts';
import { syncSchedules } from '../schedule/sync-schedules.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';
import type { CliCommand, CommandResult } from './command.ts';
import { CommandRefused, UsageError } from './parse-arguments.ts';

type Departures = Awaited<ReturnType<typeof withDepartures>>;

/** A dry run rolls its transaction back with what it found. */
class DryRun extends Error {
  readonly changes: readonly OrganisationChange[];
  readonly departures: Departures;
  constructor(changes: readonly OrganisationChange[], departures: Departures) {
    super('dry run');
    this.changes = changes;
    this.departures = departures;
  }
}

/** Somebody would leave, and nobody would be left to answer for what is theirs: rolled back. */
class NobodyLeft extends Error {
  readonly people: readonly string[];
  constructor(people: readonly string[]) {
    super('nobody is left');
    this.people = people;
  }

  problems(order: readonly string[]): readonly FileProblem[] {
    const problem = 'nobody would be left to answer for what is theirs: name an active supervisor first';
    return this.people.map((person) => ({ path: `people[${order.indexOf(person)}].active`, problem }));
  }
}

export const apply: CliCommand = {
  name: 'apply',
  usage: 'apply ORG.yaml [--dry-run]',
  summary: 'Make the organisation what one reviewed file says; twice changes nothing',
  schema: 'begins',
  async run({ store, clock, features, pager }, given) {
    const [path, ...rest] = given.words;
    if (path === undefined || rest.length > 0) throw new UsageError('Name one file: baton apply ORG.yaml');
    const read = readOrganisationFile(parseYaml(await readText(path)), features.settings);
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
    let departures: Departures = [];
    const applyFile = async (tx: OrganisationTransaction): Promise<void> => {
      const now = clock.now();
      // What is said of it is drawn when it is sent, by the service: its own privacy mode counts then.
      const outbox = withPager(outboxOfTables, pager);
      const work = await createSystemWork(tx, { features, outbox, privacy: 'minimal', now, by: byCommandLine });
      await tellRotaChanges(work, async () => {
        departures = await withDepartures(work, { reason: 'organisation-file', by: byCommandLine }, async () => {
          changes = await applyOrganisation(tx, file, { actor: byCommandLine, now });
        });
      });
      const ownerless = departures.filter((one) => one.heir === undefined && one.clients + one.things > 0);
      if (ownerless.length > 0) throw new NobodyLeft(ownerless.map(({ person }) => person));
      await syncSchedules(tx, { kinds: features.schedules, now });
      if (given.dryRun) throw new DryRun(changes, departures);
    };
    try {
      const made = await store.createOrganisation({ id: organisation, name: file.organisation.name }, applyFile);
      if (made === 'existed') await store.inOrganisation(organisation, applyFile);
      return report(organisation, { created: made === 'created', changes, departures, dryRun: false });
    } catch (error) {
      if (error instanceof DryRun) {
        const { changes: wanted, departures: leaving } = error;
        return report(organisation, { created: false, changes: wanted, departures: leaving, dryRun: true });
      }
      if (error instanceof NobodyLeft) return refuse(error.problems(file.people.map(({ id }) => id)));
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
  done: {
    readonly created: boolean;
    readonly changes: readonly OrganisationChange[];
    readonly departures: Departures;
    readonly dryRun: boolean;
  },
): CommandResult {
  const { created, changes, departures, dryRun } = done;
  const lines = [
    ...changes.map((change) => `  ${change.kind} ${change.id}: ${change.what}`),
    ...departures.map(
      ({ person, heir, clients, things }) =>
        `  person ${person}: left; clients ${clients}, open things ${things}, now with ${heir ?? 'nobody'}`,
    ),
  ];
  const said =
    changes.length === 0 && !created
      ? 'Nothing to change.'
      : `${dryRun ? 'Would change' : 'Changed'} ${changes.length}.`;
  return {
    exit: 0,
    text: [`${organisation}: ${said}`, ...lines].join('\n'),
    json: {
      organisation,
      dryRun,
      created,
      changes,
      ...(departures.length === 0
        ? {}
        : { departures: departures.map(({ person, heir, clients, things }) => ({ person, heir, clients, things })) }),
    },
  };
}
