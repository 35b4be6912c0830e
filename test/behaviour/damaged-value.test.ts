import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { collectedFeatures } from '../../src/app.ts';
import { aClient, enrol } from '../helpers/organisation.ts';
import type { Hand, Screen } from '../helpers/screen.ts';
import { openWorld, platforms, type World } from '../helpers/world.ts';
import { damage, damageTokenOf, mend } from './damage-scene.ts';
import { auditOf } from './reach-scene.ts';
import { flat, follow, onlyOn } from './refer-scene.ts';

const day = 24 * 3_600_000;
const sorry = /Something went wrong/;

describe.each(platforms)('one value that cannot be read, on %s', (platform) => {
  let world: World;
  let maya: Hand;
  let jon: Hand;
  let dana: Hand;
  let dan = '';
  beforeAll(async () => {
    world = await openWorld();
    maya = await onlyOn(world, platform, 'maya');
    jon = await onlyOn(world, platform, 'jon');
    dana = await onlyOn(world, platform, 'dana');
    const [first] = await enrol(world.store, world.clock, [
      { ...aClient({ code: 'K7T2-9', name: 'Dan Dee' }), dueOn: '2026-11-23' },
      { ...aClient({ code: 'M4XR-1', name: 'Eve Elm', born: '1981-05-05' }), dueOn: '2026-11-23' },
    ]);
    dan = first?.id ?? '';
    await maya.types('log K7T2-9 phone');
    await maya.fills({ outcome: 'reached', minutes: '15', note: 'He spoke of his brother.' });
    await maya.types('refer K7T2-9');
    await maya.fills({ colleague: 'people:Jon', question: 'Could he join the group?', urgency: 'routine' });
    await world.settled();
    await follow(world, jon.presses('Ask'));
    await follow(world, jon.fills({ words: 'Which evening?' }));
    await maya.types('escalate K7T2-9');
    await follow(world, maya.fills({ severity: 'concern', note: 'He did not open the door.' }));
  });
  afterAll(() => world.close());
  beforeEach(() => mend(world));

  /** All lists and cards a coordinator opens in a morning, and the supervisor's. */
  const looks = async (): Promise<readonly Screen[]> => {
    const screens: Screen[] = [];
    for (const words of ['next', 'caseload', 'client K7T2-9', 'client M4XR-1', 'refer', 'escalate list', 'huddle']) {
      screens.push(await maya.types(words));
    }
    screens.push(await maya.opensHome(), await maya.types('digest now'), await dana.types('report'));
    await world.settled();
    return screens;
  };

  it.each([
    ['client', 'identity'],
    ['contact', 'note'],
    ['referral', 'question'],
    ['referral_event', 'words'],
    ['escalation', 'note'],
  ] as const)('%s.%s: every list answers, and names no other row', async (table, column) => {
    const ways = ['cut', 'of another row', ...(table === 'client' ? (['flipped', 'emptied'] as const) : [])] as const;
    for (const how of ways) {
      await damage(world, { table, column, client: dan, how });
      const screens = await looks();
      for (const screen of screens) expect(screen.text).not.toMatch(sorry);
      const seen = screens.map(({ text }) => flat(text)).join('\n');
      expect(seen).toContain('M4XR-1 · E.E. born 1981');
      expect(seen).not.toMatch(/M4XR-1 · cannot be read/);
      if (table === 'client') expect(seen).toContain('K7T2-9 · cannot be read');
      else expect(seen).toContain('K7T2-9 · D.D. born 1974');
      await mend(world);
    }
  });

  it('a name that is no identity any more counts as damaged too', async () => {
    await damage(world, { table: 'client', column: 'identity', client: dan, how: 'of no shape' });
    expect(flat((await maya.types('caseload')).text)).toContain('K7T2-9 · cannot be read');
  });

  it('who cannot be read can be worked with: logged, escalated, found by name', async () => {
    await damage(world, { table: 'client', column: 'identity', client: dan, how: 'flipped' });
    expect(flat((await maya.types('log K7T2-9 phone no-answer')).text)).toContain('Logged K7T2-9 · cannot be read');
    expect(flat((await maya.types('client K7T2-9')).text)).toContain('Name, birth date and phone cannot be read.');
    for (const tap of ['Reach', 'Show name and phone']) {
      await maya.types('client K7T2-9');
      const shown = flat((await maya.presses(tap)).text);
      expect(shown).toContain('K7T2-9 · cannot be read');
      expect(shown).toContain('Your Baton administrator can restore it from a backup.');
    }
    await maya.types('client');
    expect(await maya.searches('Dee')).toEqual(['cannot be read · K7T2-9']);
    expect((await follow(world, maya.types('escalate K7T2-9 urgent'))).text).toContain('Escalated');
  });

  it('contact details that cannot be read are not written over, before the form or behind it', async () => {
    await maya.types('client K7T2-9');
    await maya.presses('Contact details');
    await damage(world, { table: 'client', column: 'identity', client: dan, how: 'flipped' });
    const said = 'What is on file of K7T2-9 cannot be read, so nothing was changed.';
    const before = await identityOf(world, dan);
    expect((await maya.fills({ phone: '555-0199' })).text).toContain(said);
    await maya.types('client K7T2-9');
    expect((await maya.presses('Contact details')).text).toContain(said);
    expect(await identityOf(world, dan)).toEqual(before);
  });

  it('a note that cannot be read stays in history when its entry is amended or moved, and that is said', async () => {
    await maya.types('log K7T2-9 phone');
    await maya.fills({ outcome: 'reached', minutes: '5', note: 'He wants to move.' });
    await damage(world, { table: 'contact', column: 'note', client: dan, how: 'flipped' });
    const opened = await maya.presses('Amend');
    expect(opened.form?.text).toContain('Its note cannot be read. It stays with the old entry');
    expect(opened.form?.initial['note'] ?? '').toBe('');
    await maya.fills({ minutes: '10', reason: 'wrong-minutes' });
    expect(await notesOf(world)).toContainEqual({ state: 'entered-in-error', sealed: true });
    await maya.types('log K7T2-9 phone');
    await maya.fills({ outcome: 'reached', minutes: '5', note: 'Again.' });
    await damage(world, { table: 'contact', column: 'note', client: dan, how: 'flipped' });
    expect(flat((await maya.presses('Copy chart note')).text)).toContain('Note cannot be read in Baton.');
  });

  it('is on record once a row and day, from every process, with where it stands and nothing of it', async () => {
    world.clock.advance(day);
    const before = (await auditOf(world, 'seal.broken')).length;
    await damage(world, { table: 'client', column: 'identity', client: dan, how: 'flipped' });
    for (const words of ['next', 'caseload', 'next', 'client K7T2-9']) await maya.types(words);
    // Refused, and so undone: what was met on the way is on record all the same.
    await jon.types('log K7T2-9 phone reached');
    const rows = (await auditOf(world, 'seal.broken')).slice(before);
    expect(rows).toEqual([
      {
        actor: 'baton',
        subjectKind: 'sealed-value',
        subjectId: `client/identity/${dan}`,
        detail: { table: 'client', column: 'identity', row: dan },
      },
    ]);
    world.clock.advance(day);
    await maya.types('next');
    expect(await auditOf(world, 'seal.broken')).toHaveLength(before + 2);
    expect(JSON.stringify(world.logged)).not.toMatch(/Dan|Dee/);
    const metrics = await (await fetch(`${world.service.url}/metrics`)).text();
    expect(metrics).toMatch(/baton_seal_broken_total\{table="client",column="identity"\} \d+/);
  });

  it('exports go on', async () => {
    await damage(world, { table: 'client', column: 'identity', client: dan, how: 'flipped' });
    await world.store.inOrganisation('riverside', async (tx) => {
      for (const exporter of collectedFeatures.exports.values()) await exporter(tx, {});
    });
  });
});

const identityOf = (world: World, id: string): Promise<unknown> =>
  world.store.inOrganisation(
    'riverside',
    (tx) => tx.db.$queryRaw`select encode(identity, 'hex') as identity, version from client where id = ${id}::uuid`,
  );
const notesOf = (world: World): Promise<unknown[]> =>
  world.store.inOrganisation(
    'riverside',
    (tx) => tx.db.$queryRaw<unknown[]>`select state, note is not null as sealed from contact`,
  );

describe('a damaged token of one workspace', () => {
  it('is none: that workspace is parked, and nothing is thrown', async () => {
    const world = await openWorld();
    expect(await damageTokenOf(world)).toEqual({ before: 'xoxb-first', after: undefined });
    expect((await auditOf(world, 'seal.broken')).map(({ subjectId }) => subjectId)).toEqual([
      'workspace/credentials/rs-slack',
    ]);
    await world.close();
  });
});
