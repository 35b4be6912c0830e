import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { collectedFeatures } from '../../src/app.ts';
import { sealedColumns } from '../../src/store/sealed-columns.ts';
import type { Hand, Screen } from '../helpers/screen.ts';
import { platforms, type World } from '../helpers/world.ts';
import { damage, mend } from './damage-scene.ts';
import { openDamageWorld, type DamageWorld } from './damage-world.ts';
import { auditOf } from './reach-scene.ts';
import { flat, follow } from './refer-scene.ts';
import { weeksOf } from './weekly-scene.ts';

const day = 24 * 3_600_000;
const sorry = /Something went wrong/;
/** Whose row it is, by the client's id. */
type Whose = (dan: string) => string;
const dansOwn: Whose = (dan) => `id = '${dan}'`;
const ofDan: Whose = (dan) => `client_id = '${dan}'`;
const theOnly: Whose = () => 'true';

/** What one sealed column holds, and who shows it. */
interface Case {
  /** The one row that is damaged. */
  readonly where: Whose;
  /** What stands in it. */
  readonly words: string | RegExp;
  /** What stands in its place. */
  readonly says: string;
  /** The noun's own card, form or answer that shows it; the lists are looked at besides. */
  opens(of: DamageWorld): Promise<string>;
}
/** It is kept, and nothing shows or reads it. */
const shownNowhere = 'shown nowhere';

const text = async (screen: Promise<Screen>): Promise<string> => flat((await screen).text);
const opensEscalation = (row: string) => async (of: DamageWorld) => {
  await of.hands.maya.types('escalate list');
  return text(of.hands.maya.presses('Open', row));
};
const reports = async ({ hands, after }: DamageWorld): Promise<string> => {
  await after(hands.dana.types('report team:east'));
  return weeksOf(hands.dana).at(-1) ?? '';
};
/** The week as it was posted, drawn again. */
const reviewed = async ({ world, hands }: DamageWorld): Promise<string> => {
  await world.store.inOrganisation(
    'riverside',
    (tx) =>
      tx.db.$executeRaw`update delivery set stale = true where organisation_id = ${tx.organisation} and state = 'sent'`,
  );
  await world.service.tick();
  await world.settled();
  return weeksOf(hands.dana).find((week) => week.includes('Reviewed by')) ?? '';
};
const readsReferral = ({ hands }: DamageWorld): Promise<string> =>
  text(hands.jon.presses('Read the note', 'Referral: K7T2-9'));

/** Every sealed column: one that is not here has no proof, and a test says so. */
const cases: Readonly<Record<string, Case | typeof shownNowhere>> = {
  'client.identity': {
    where: dansOwn,
    words: /D\.D\. born 1974|Dan Dee/,
    says: 'cannot be read',
    opens: ({ hands }) => text(hands.maya.types('client K7T2-9')),
  },
  'client.background': shownNowhere,
  'contact.note': {
    where: ofDan,
    words: 'He spoke of his brother.',
    says: 'Note cannot be read in Baton.',
    opens: ({ hands }) => text(hands.maya.presses('Copy chart note')),
  },
  'person.phone': {
    where: () => "id = 'dana'",
    words: '+1 555 010 0127',
    says: 'number cannot be read',
    opens: ({ hands }) => text(hands.maya.types('escalate who')),
  },
  'imported_row.record': shownNowhere,
  'inbound_delivery.answer': {
    where: () => "delivery like '%damage-1%'",
    words: 'K7T2-9 · D.D. born 1974',
    says: 'I answered this when it first came',
    opens: (of) => of.repeats(),
  },
  'workspace.credentials': {
    where: () => "id = 'rs-slack'",
    words: 'xoxb-first',
    says: 'no token',
    opens: async ({ token }) => (await token()) ?? 'no token',
  },
  'referral.question': {
    where: ofDan,
    words: 'Could he join the group?',
    says: '(cannot be read)',
    opens: readsReferral,
  },
  'referral_event.words': { where: theOnly, words: 'Which evening?', says: '(cannot be read)', opens: readsReferral },
  'escalation.about': {
    where: () => 'client_id is null',
    words: 'Man at the river',
    says: '(cannot be read)',
    opens: opensEscalation('not in the list · concern'),
  },
  'escalation.note': {
    where: ofDan,
    words: 'He did not open.',
    says: '(cannot be read)',
    opens: opensEscalation('born 1974 · concern'),
  },
  'escalation_event.words': {
    where: theOnly,
    words: 'The light was on.',
    says: '(cannot be read)',
    opens: opensEscalation('born 1974 · concern'),
  },
  'huddle_recommendation.words': {
    where: theOnly,
    words: 'Ask about the nights.',
    says: '(cannot be read)',
    opens: ({ hands }) => text(hands.sara.presses('Read the note', 'Recommended: K7T2-9')),
  },
  'huddle_decision.words': {
    where: theOnly,
    words: 'Ring twice.',
    says: '(cannot be read)',
    opens: async ({ hands }) => {
      await hands.jon.types('next');
      return text(hands.jon.presses('Open', 'decided in the huddle'));
    },
  },
  'discussion_request.words': {
    where: ofDan,
    words: 'Who visits him?',
    says: '(cannot be read)',
    opens: async ({ hands }) => {
      await hands.jon.types('huddle');
      return text(hands.jon.presses('Open', 'K7T2-9'));
    },
  },
  'week_review.words': {
    where: theOnly,
    words: 'Knock at the green door.',
    says: '(cannot be read)',
    opens: reviewed,
  },
};
const ways = ['flipped', 'cut', 'emptied', 'of another row'] as const;

it('every sealed column has a case', () => {
  expect(Object.keys(cases)).toEqual(sealedColumns.map(({ table, column }) => `${table}.${column}`));
});

describe.each(platforms)('one value that cannot be read, on %s', (platform) => {
  let open: DamageWorld;
  let world: World;
  let maya: Hand;
  let jon: Hand;
  let dan = '';
  /** What the lists say while all can be read. */
  let unharmed: Promise<readonly string[]> | undefined;
  beforeAll(async () => {
    open = await openDamageWorld(platform);
    ({ world, dan } = open);
    ({ maya, jon } = open.hands);
  });
  afterAll(() => world.close());
  beforeEach(() => mend(world));

  /** All lists and cards a coordinator opens in a morning, and the supervisor's, line by line. */
  const looks = async (): Promise<readonly string[]> => {
    const screens: Screen[] = [];
    for (const words of ['next', 'caseload', 'client M4XR-1', 'refer', 'escalate list', 'huddle', 'digest preview']) {
      screens.push(await maya.types(words));
    }
    screens.push(await maya.opensHome());
    return [...screens.flatMap((screen) => screen.text.split('\n')), await reports(open)];
  };

  it.each(Object.entries(cases))('%s: its row says so, all others stand, and it is on record', async (of, one) => {
    const how = ways[Object.keys(cases).indexOf(of) % ways.length] ?? 'flipped';
    const recorded = (await auditOf(world, 'seal.broken')).length;
    const shown = one === shownNowhere ? '' : await one.opens(open);
    const before = await (unharmed ??= looks());
    const [row = ''] = await damage(world, { of, how, where: (one === shownNowhere ? dansOwnIn(of) : one.where)(dan) });
    const after = await looks();
    const [table = '', column = ''] = of.split('.');
    if (one === shownNowhere) {
      expect(after).toEqual(before);
      expect(await auditOf(world, 'seal.broken')).toHaveLength(recorded);
      return;
    }
    expect(shown).toMatch(one.words);
    const opened = await one.opens(open);
    expect(opened).toContain(one.says);
    expect(opened).not.toMatch(one.words);
    for (const line of [...after, opened]) expect(line).not.toMatch(sorry);
    // What stood in other lines stands there still, and nothing else cannot be read.
    const isOfIt = (line: string): boolean =>
      typeof one.words === 'string' ? line.includes(one.words) : one.words.test(line);
    const left = [...after];
    const gone = before.filter((line) => {
      const place = left.indexOf(line);
      if (place !== -1) left.splice(place, 1);
      return place === -1;
    });
    expect(gone.filter((line) => !isOfIt(line))).toEqual([]);
    expect(left.filter((line) => !line.includes(one.says))).toEqual([]);
    expect(left.length).toBe(gone.length);
    await one.opens(open);
    expect((await auditOf(world, 'seal.broken')).slice(recorded)).toEqual([
      {
        actor: 'baton',
        subjectKind: 'sealed-value',
        subjectId: `${table}/${column}/${row}`,
        detail: { table, column, row, actorKind: 'system' },
      },
    ]);
  });

  it('is counted by table and column', async () => {
    const metrics = await (await fetch(`${world.service.url}/metrics`)).text();
    for (const [of, one] of Object.entries(cases)) {
      const [table = '', column = ''] = of.split('.');
      const line = `baton_seal_broken_total{table="${table}",column="${column}"} 1`;
      if (one === shownNowhere) expect(metrics).not.toContain(line);
      else expect(metrics).toContain(line);
    }
    expect(JSON.stringify(world.logged)).not.toMatch(/Dan Dee|brother|river|green door/);
  });

  it.each(ways.slice(1))('a name that was %s: every list answers, and names no other row', async (how) => {
    await damage(world, { of: 'client.identity', where: dansOwn(dan), how });
    const seen = (await looks()).map(flat).join('\n');
    expect(seen).not.toMatch(sorry);
    expect(seen).toContain('K7T2-9 · cannot be read');
    expect(seen).toContain('M4XR-1 · E.E. born 1981');
    expect(seen).not.toMatch(/M4XR-1 · cannot be read/);
  });

  it('a name that is no identity any more counts as damaged too', async () => {
    await damage(world, { of: 'client.identity', where: dansOwn(dan), how: 'of no shape' });
    expect(flat((await maya.types('caseload')).text)).toContain('K7T2-9 · cannot be read');
  });

  it('who cannot be read can be worked with: logged, escalated, found by name', async () => {
    await damage(world, { of: 'client.identity', where: dansOwn(dan), how: 'flipped' });
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
    await damage(world, { of: 'client.identity', where: dansOwn(dan), how: 'flipped' });
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
    await damage(world, { of: 'contact.note', where: ofDan(dan), how: 'flipped' });
    const opened = await maya.presses('Amend');
    expect(opened.form?.text).toContain('Its note cannot be read. It stays with the old entry');
    expect(opened.form?.initial['note'] ?? '').toBe('');
    await maya.fills({ minutes: '10', reason: 'wrong-minutes' });
    expect(await notesOf(world)).toContainEqual({ state: 'entered-in-error', sealed: true });
    await maya.types('log K7T2-9 phone');
    await maya.fills({ outcome: 'reached', minutes: '5', note: 'Again.' });
    await damage(world, { of: 'contact.note', where: ofDan(dan), how: 'flipped' });
    expect(flat((await maya.presses('Copy chart note')).text)).toContain('Note cannot be read in Baton.');
  });

  it('is on record once a row and day, from every process, with where it stands and nothing of it', async () => {
    world.clock.advance(day);
    const before = (await auditOf(world, 'seal.broken')).length;
    await damage(world, { of: 'client.identity', where: dansOwn(dan), how: 'flipped' });
    for (const words of ['next', 'caseload', 'next', 'client K7T2-9']) await maya.types(words);
    // Refused, and so undone: what was met on the way is on record all the same.
    await jon.types('log K7T2-9 phone reached');
    const rows = (await auditOf(world, 'seal.broken')).slice(before);
    expect(rows).toEqual([
      {
        actor: 'baton',
        subjectKind: 'sealed-value',
        subjectId: `client/identity/${dan}`,
        detail: { table: 'client', column: 'identity', row: dan, actorKind: 'system' },
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
    await damage(world, { of: 'client.identity', where: dansOwn(dan), how: 'flipped' });
    await world.store.inOrganisation('riverside', async (tx) => {
      for (const exporter of collectedFeatures.exports.values()) await exporter.read(tx, {});
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
const dansOwnIn = (of: string): Whose => (of.startsWith('client.') ? dansOwn : ofDan);
