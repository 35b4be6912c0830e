import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { collectedFeatures } from '../../src/app.ts';
import { hashRow } from '../../src/audit/record-event.ts';
import { fixture, runCommand } from '../cli/open-cli.ts';
import { onBothPlatforms, platforms } from '../helpers/world.ts';
import { openLeaveScene, type LeaveScene } from './leave-scene.ts';
import { flat } from './refer-scene.ts';

const minute = 60_000;
const hour = 60 * minute;
const rowSchema = z.object({
  id: z.string(),
  at: z.string(),
  actor: z.string(),
  verb: z.string(),
  subjectKind: z.string(),
  subjectId: z.string(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  hash: z.string(),
  actorKind: z.string(),
  by: z.string(),
});
type Row = z.infer<typeof rowSchema>;

describe.each(platforms)('who did it, with everybody on %s', (platform) => {
  let scene: LeaveScene;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'baton-who-'));
    scene = await openLeaveScene(platform);
    // Everybody is on both platforms again, so that a file changes only what it says.
    await scene.world.store.inOrganisation('riverside', (tx) => tx.db.identity.updateMany({ data: { active: true } }));
  });
  afterAll(async () => {
    await scene.world.close();
    await rm(folder, { recursive: true, force: true });
  });

  const read = (table: string): Promise<readonly unknown[]> =>
    scene.world.store.inOrganisation(
      'riverside',
      async (tx) => (await collectedFeatures.exports.get(table)?.read(tx, {})) ?? [],
    );
  const audit = async (): Promise<readonly Row[]> => z.array(rowSchema).parse(await read('audit'));
  const recorded = async (verb: string): Promise<readonly Row[]> => (await audit()).filter((row) => row.verb === verb);
  const whoDid = async (verb: string): Promise<readonly string[]> =>
    [...new Set((await recorded(verb)).map(({ actor, actorKind, by }) => [actor, actorKind, by].join(' · ')))].sort();
  const namesAPlatform = (rows: readonly Row[]): boolean => /slack|teams/.test(JSON.stringify(rows));

  const command = async (...words: string[]): Promise<number> => {
    const { store, clock } = scene.world;
    const house = { store, clock, features: collectedFeatures, database: { protection: 'local' } as const };
    const { exit } = await runCommand(house, words);
    await scene.world.delivered();
    return exit;
  };

  it('is a person, and what they logged came from their platform', async () => {
    await scene.maya.types('log 05Q8-W phone reached 15m');
    expect(await whoDid('contact.log')).toEqual(['maya · person · by maya']);
    expect(await read('contacts')).toMatchObject([{ by: 'maya', source: platform }]);
  });

  it('is a schedule, and came from no platform', async () => {
    scene.world.clock.advance(23 * hour + 30 * minute);
    await scene.world.service.tick();
    await scene.world.delivered();
    expect(await whoDid('huddle.plan')).toEqual(['schedule · schedule · by the schedule']);
    const planned = await recorded('huddle.plan');
    expect(planned[0]?.detail).toMatchObject({ actorSchedule: 'huddle-weekly/team/east' });
    expect(namesAPlatform(planned)).toBe(false);
  });

  it('is Baton itself where a moment has come', async () => {
    scene.world.clock.advance(30 * minute);
    await scene.world.service.tick();
    await scene.world.delivered();
    expect(await whoDid('huddle.start')).toEqual(['baton · system · by Baton']);
    expect(namesAPlatform(await recorded('huddle.start'))).toBe(false);
  });

  it('is an import', async () => {
    const sheet = join(folder, 'sheet.csv');
    await writeFile(sheet, 'Client Name,DOB,Care Coordinator\nIda Ives,1972-02-03,Maya Torres\n');
    expect(await command('import', 'caseload', sheet)).toBe(0);
    expect(await whoDid('client.import')).toEqual(['cli · import · imported']);
    expect(namesAPlatform(await recorded('client.import'))).toBe(false);
  });

  it('is the command line, and whoever comes after it is told so', async () => {
    await scene.maya.types('refer list');
    await scene.maya.presses('More', '05Q8-W');
    await scene.maya.presses('Cancel');
    const file = join(folder, 'org.yaml');
    const text = onBothPlatforms(await readFile(fixture('org.yaml'), 'utf8'));
    await writeFile(file, text.replace('{ id: jon,', '{ id: jon, active: false,'));
    expect(await command('apply', file)).toBe(0);
    expect(await whoDid('person.left')).toEqual(['cli · command-line · from the command line']);
    expect(await whoDid('referral.inherit')).toEqual(['cli · command-line · from the command line']);
    expect(namesAPlatform(await recorded('referral.inherit'))).toBe(false);

    const screen = await scene.maya.fills({ reason: 'client-declined' });
    const said = flat(`${screen.text} ${Object.values(screen.form?.errors ?? {}).join(' ')}`);
    expect(said).toContain('The command line was first. The referral of 05Q8-W is ');
  });

  it('stands in every row under its hash', async () => {
    const rows = await audit();
    expect(new Set(rows.map(({ actorKind }) => actorKind))).toEqual(
      new Set(['person', 'schedule', 'system', 'import', 'command-line']),
    );
    for (const { at, hash, ...row } of rows) {
      expect(Buffer.from(hashRow('riverside', { ...row, at: new Date(at) })).toString('hex')).toBe(hash);
    }
  });
});
