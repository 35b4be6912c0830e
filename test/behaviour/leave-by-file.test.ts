import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectedFeatures } from '../../src/app.ts';
import { fixture, runCommand, type Outcome } from '../cli/open-cli.ts';
import { textOf } from '../helpers/screen.ts';
import { handOf, onBothPlatforms, platforms } from '../helpers/world.ts';
import { accountable, audited, accounts, deactivate, openLeaveScene, type LeaveScene } from './leave-scene.ts';

const refused = 'Your access to Baton has ended, so I did nothing. Your supervisor can help.';
const allDanas = {
  clients: ['dana', 'dana', 'dana', 'maya'],
  followUps: ['dana', 'dana', 'maya'],
  referrals: ['dana asks maya', 'maya asks dana'],
};

describe.each(platforms)('an organisation file with somebody who left, on %s', (platform) => {
  let scene: LeaveScene;
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'baton-leave-'));
    scene = await openLeaveScene(platform);
    // Dana is on both platforms again, so that a file changes only what it says.
    await scene.world.store.inOrganisation('riverside', (tx) => tx.db.identity.updateMany({ data: { active: true } }));
  });
  afterEach(async () => {
    await scene.world.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Applies the sample with these words changed. */
  async function apply(...pairs: readonly (readonly [string | RegExp, string])[]): Promise<Outcome> {
    let text = onBothPlatforms(await readFile(fixture('org.yaml'), 'utf8'));
    for (const [from, to] of pairs) {
      expect(text).toMatch(from);
      text = text.replace(from, to);
    }
    const path = join(folder, 'org.yaml');
    await writeFile(path, text);
    const { store, clock } = scene.world;
    const outcome = await runCommand({ store, database: { protection: 'local' }, features: collectedFeatures, clock }, [
      'apply',
      path,
    ]);
    await scene.world.delivered();
    return outcome;
  }
  const without = (person: string): readonly [string, string] => [
    `{ id: ${person},`,
    `{ id: ${person}, active: false,`,
  ];

  it('hands everything over in the file’s own transaction, and says so', async () => {
    const done = await apply(without('jon'));
    expect(done.text).toContain('person jon: left; clients 3, open things 4, now with dana');
    expect(done.json).toMatchObject({ departures: [{ person: 'jon', heir: 'dana', clients: 3, things: 4 }] });
    expect(await accountable(scene.world)).toEqual(allDanas);
    expect((await scene.jon.types('next')).text).toBe(refused);
    const told = handOf(scene.world, 'slack', 'dana').sees().map(textOf).join('\n');
    expect(told).toContain('Jon Reyes has left: 3 clients and 4 open things are yours to hand on.');
    expect(await audited(scene.world, ['person.left'])).toEqual(['cli person.left jon']);
    expect((await apply(without('jon'))).text).toBe('riverside: Nothing to change.');
    expect(await audited(scene.world, ['person.left'])).toHaveLength(1);
  });

  it('lets several go at once without one inheriting from another', async () => {
    const done = await apply(without('jon'), without('dana'));
    // The next who can hand it on: the organisation's only administrator.
    expect(done.json).toMatchObject({
      departures: [
        { person: 'dana', clients: 0 },
        { person: 'jon', heir: 'otto', clients: 3 },
      ],
    });
    expect((await accountable(scene.world))['clients']).toEqual(['maya', 'otto', 'otto', 'otto']);
  });

  it('is refused whole when nobody would be left to answer for what is theirs', async () => {
    const before = await accountable(scene.world);
    const everybody = ['maya', 'jon', 'keisha', 'li', 'sara', 'tom', 'dana', 'otto'].map(without);
    const done = await apply(...everybody);
    expect(done.exit).toBe(1);
    expect(done.text).toContain('nobody would be left to answer for what is theirs: name an active supervisor first');
    expect(await accountable(scene.world)).toEqual(before);
    expect((await scene.jon.types('help')).text).not.toBe(refused);
  });

  it('does not bring back whom a platform deactivated, and gives nothing back to who returns', async () => {
    await deactivate(scene.world, platform, 'jon');
    expect((await apply()).text).toBe('riverside: Nothing to change.');
    const other = platform === 'slack' ? 'teams' : 'slack';
    expect((await handOf(scene.world, other, 'jon').types('next')).text).toBe(refused);

    // Reactivated there: only an administrator brings the person back, and to an empty list.
    if (platform === 'slack') await scene.world.slack.reactivate(accounts.jon.slack);
    else {
      await scene.world.store.inOrganisation('riverside', (tx) =>
        tx.db.identity.updateMany({ where: { personId: 'jon' }, data: { active: true } }),
      );
    }
    await scene.world.settled();
    expect((await handOf(scene.world, other, 'jon').types('next')).text).toBe(refused);
    expect((await apply()).text).toContain('person jon: updated');
    expect((await handOf(scene.world, other, 'jon').types('caseload')).text).toContain('No client is assigned to you.');
    expect(await accountable(scene.world)).toEqual(allDanas);
  });

  it('brings somebody back whose deactivated account it links no more', async () => {
    await deactivate(scene.world, platform, 'jon');
    const account = platform === 'slack' ? 'U0JON' : accounts.jon.teams;
    const workspace = platform === 'slack' ? 'rs-slack' : 'rs-teams';
    const done = await apply([new RegExp(`,? ?\\{ workspace: ${workspace}, user: ${account} \\},?`), '']);
    expect(done.text).toContain('person jon: updated');
    const other = platform === 'slack' ? 'teams' : 'slack';
    expect((await handOf(scene.world, other, 'jon').types('caseload')).text).toContain('No client is assigned to you.');
  });

  it('names nobody who left in a rota or a ladder', async () => {
    const rota = 'duty: { pattern: [{ weekday: mon, from: "08:00", to: "17:00", person: jon }] }';
    const done = await apply(without('jon'), ['id: east\n', `id: east\n    ${rota}\n`]);
    expect(done.text).toContain('teams[0].duty.pattern[0].person: this person has left: name somebody who works here');
  });

  it('a spreadsheet cannot give clients to somebody who left', async () => {
    await apply(without('jon'));
    const path = join(folder, 'sheet.csv');
    await writeFile(
      path,
      'Client Name,DOB,Care Coordinator\nHal Hay,1971-02-03,Jon Reyes\nIda Ives,1972-02-03,Maya Torres\n',
    );
    const { store, clock } = scene.world;
    const done = await runCommand({ store, database: { protection: 'local' }, features: collectedFeatures, clock }, [
      'import',
      'caseload',
      path,
    ]);
    expect(done.json).toMatchObject({ imported: 1, refused: [{ row: 2, code: 'unknown-coordinator' }] });
  });
});
