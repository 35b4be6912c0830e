import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lineText, type Card, type Row } from '../../src/chat/card.ts';
import type { Work } from '../../src/feature/feature.ts';
import { logContact } from '../../src/care/contacts/log-contact.ts';
import { undoContact } from '../../src/care/contacts/correct-contact.ts';
import { reassignFollowUp, snoozeFollowUp } from '../../src/care/follow-ups/change-follow-up.ts';
import { nextOf } from '../../src/care/follow-ups/list-next.ts';
import { createPushableClock } from '../../src/clock.ts';
import { randomIds } from '../../src/ids.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { createDatabase, type TestDatabase } from '../helpers/database.ts';
import { aClient, applyFile, enrol, readSample } from '../helpers/organisation.ts';
import { askOf } from './digest-asks.ts';

/** Monday 23 November 2026, 09:00 in New York. */
const clock = createPushableClock({ start: new Date('2026-11-23T14:00:00Z'), frozen: true });
let database: TestDatabase;
let store: Store;
const ids = new Map<string, string>();

const day = (offset: number): string => new Date(Date.UTC(2026, 10, 23 + offset)).toISOString().slice(0, 10);
const due = [
  ['D001', -3, 'low'],
  ['D002', -3, 'high'],
  ['D003', -10, 'medium'],
  ['D004', 0, 'low'],
  ['D005', 0, 'high'],
  ['D006', 0, 'medium'],
  ['D007', 2, 'high'],
] as const;

beforeAll(async () => {
  database = await createDatabase();
  store = openStore({ url: database.url, masterKey: new Uint8Array(32).fill(7), clock, ids: randomIds });
  await applyFile(store, await readSample(), clock);
  const names = ['Ann Ash', 'Bob Birch', 'Cyd Cedar', 'Dan Dogwood', 'Eve Elm', 'Fay Fir', 'Gus Gum'];
  const enrolled = await enrol(
    store,
    clock,
    due.map(([, offset, tier], index) => ({
      ...aClient({ name: names[index] ?? '', born: `197${index}-03-01`, tier, lastContactOn: day(-20) }),
      dueOn: day(offset),
    })),
  );
  due.forEach(([name], index) => {
    ids.set(name, enrolled[index]?.id ?? '');
    ids.set(`${name} code`, enrolled[index]?.code ?? '');
  });
  await enrol(store, clock, [{ ...aClient({ name: 'Hal Hazel', coordinator: 'sara' }), dueOn: day(3) }]);
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

/** Looks or acts, and leaves everything as it was. */
async function rehearse<T>(act: (ask: (given?: Parameters<typeof askOf>[2]) => Work) => Promise<T>): Promise<T> {
  let result: { value: T } | undefined;
  const undo = new Error('undo');
  await store
    .inOrganisation('riverside', async (tx) => {
      result = { value: await act((given) => askOf(tx, clock.now(), given)) };
      throw undo;
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error;
    });
  if (result === undefined) throw new Error('nothing happened');
  return result.value;
}

const draw = (kind: string, subject: string, given?: Parameters<typeof askOf>[2]): Promise<Card> =>
  rehearse((ask) => ask(given).draw(kind, subject));
const rowsOf = (card: Card): readonly Row[] => card.nodes.flatMap((node) => (node.kind === 'rows' ? node.rows : []));
const textsOf = (card: Card): string[] =>
  card.nodes.flatMap((node) => (node.kind === 'text' ? [lineText(node.text)] : []));
const labelsOf = (card: Card): string[] =>
  card.nodes.flatMap((node) => (node.kind === 'buttons' ? node.buttons.map((button) => button.label) : []));
const code = (name: string): string => ids.get(`${name} code`) ?? '';
const place = { audience: 'place' } as const;

describe('the personal digest', () => {
  it('says how many need the person and where to start, counts on top', async () => {
    const card = await draw('digests.person', 'maya');
    expect(textsOf(card)).toEqual([`6 need you today. Start with ${code('D002')}.`, '3 over · 3 due today']);
    expect(card.summary).toBe('6 need you today.');
  });

  it('shows at most five rows, the higher tier first, then the longest overdue; the rest behind one button', async () => {
    const card = await draw('digests.person', 'maya');
    expect(rowsOf(card).map((row) => lineText(row.text))).toEqual([
      `${code('D002')} · B.B. born 1971 · high, 3 days over`,
      `${code('D005')} · E.E. born 1974 · high, due today`,
      `${code('D003')} · C.C. born 1972 · medium, 10 days over`,
      `${code('D006')} · F.F. born 1975 · medium, due today`,
      `${code('D001')} · A.A. born 1970 · low, 3 days over`,
    ]);
    expect(rowsOf(card)[0]?.detail).toBe('last contact Tue 3 Nov');
    expect(labelsOf(card)).toEqual(['Show all 6', 'Shorter']);
  });

  it('can be acted on in the row', async () => {
    const [row] = rowsOf(await draw('digests.person', 'maya'));
    expect(row?.buttons?.map((button) => button.label)).toEqual([
      'Reached',
      'Left message',
      'No answer',
      'Snooze',
      'More',
    ]);
  });

  it('says calmly and once when nothing is waiting, and when something will be', async () => {
    const card = await draw('digests.person', 'sara', { person: 'sara' });
    expect(textsOf(card)).toEqual(['Nothing is waiting on you. Next: Mon 30 Nov.']);
    expect(card.nodes).toHaveLength(1);
  });

  it('says so when nothing is planned at all', async () => {
    expect(textsOf(await draw('digests.person', 'jon', { person: 'jon' }))).toEqual([
      'Nothing is waiting on you. Nothing is planned.',
    ]);
  });

  it('shows the code alone to somebody who may not see the client', async () => {
    const card = await rehearse(async (ask) => {
      await ask().tx.db.followUp.updateMany({
        where: { clientId: ids.get('D003') ?? '' },
        data: { ownerId: 'keisha' },
      });
      return ask({ person: 'keisha', team: 'west' }).draw('digests.person', 'keisha');
    });
    expect(rowsOf(card).map((row) => [lineText(row.text), row.detail])).toEqual([
      [`${code('D003')} · medium, 10 days over`, undefined],
    ]);
  });

  it('is for that person and for supervisors only, and never for a shared place', async () => {
    await expect(draw('digests.person', 'maya', { person: 'jon' })).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(draw('digests.person', 'maya', { ...place })).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(draw('digests.person-list', 'maya', { person: 'jon' })).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(draw('digests.person', '')).rejects.toMatchObject({ code: 'not-allowed' });
    const seen = await draw('digests.person', 'maya', { person: 'dana', roles: ['supervisor'] });
    expect(rowsOf(seen)).toHaveLength(5);
  });
});

describe('the team digest', () => {
  it('shows counts, at most five rows and who has each: codes, and nothing else of a client', async () => {
    const card = await draw('digests.team', 'east', { ...place });
    expect(textsOf(card)).toEqual([
      `East team: 6 need somebody today. Start with ${code('D002')}.`,
      '3 over · 3 due today',
    ]);
    expect(rowsOf(card).map((row) => lineText(row.text))).toEqual([
      `${code('D002')} · high, 3 days over · Maya Torres`,
      `${code('D005')} · high, due today · Maya Torres`,
      `${code('D003')} · medium, 10 days over · Maya Torres`,
      `${code('D006')} · medium, due today · Maya Torres`,
      `${code('D001')} · low, 3 days over · Maya Torres`,
    ]);
    const words = JSON.stringify([card, await draw('digests.team-list', 'east', { ...place })]);
    for (const told of ['born', 'C.C.', 'Cedar', 'Elm', '555-0101', 'Tue 3 Nov']) expect(words).not.toContain(told);
  });

  it('says who has left, so that nobody’s things vanish with them', async () => {
    const card = await rehearse(async (ask) => {
      const { tx } = ask();
      await tx.db.person.updateMany({ where: { id: 'maya' }, data: { active: false } });
      return ask({ ...place }).draw('digests.team', 'east');
    });
    expect(lineText(rowsOf(card)[0]?.text ?? '')).toContain('Maya Torres, who has left');
  });

  it('is quiet where nothing waits', async () => {
    const card = await draw('digests.team', 'west', { ...place, team: 'west' });
    expect(textsOf(card)).toEqual(['West team: nothing is waiting. Nothing is planned.']);
  });

  it.each([
    ['a coordinator of the team', 'shown', { person: 'jon' }],
    ['a supervisor of another team', 'shown', { person: 'dana', team: 'west', roles: ['supervisor'] }],
    ['a coordinator of another team', 'refused', { person: 'keisha', team: 'west' }],
    ['the billing clerk of the team', 'refused', { person: 'bea', roles: ['billing'] }],
  ] as const)('opened privately by %s is %s', async (_who, outcome, given) => {
    const opened = draw('digests.team-list', 'east', given);
    if (outcome === 'shown') expect(rowsOf(await opened)).toHaveLength(8);
    else await expect(opened).rejects.toMatchObject({ code: 'not-allowed' });
  });
});

describe('every copy of a digest follows', () => {
  const client = (): string => ids.get('D003') ?? '';
  const followed = async (act: (work: Work) => Promise<unknown>): Promise<string[]> => {
    const copies: string[] = [];
    await rehearse((ask) => act(ask({ refreshed: (copy) => copies.push(copy) })));
    return [...new Set(copies.filter((copy) => copy.startsWith('digests.')))].sort();
  };
  const openOf = async (work: Work): Promise<string> => (await nextOf(work, client()))?.id ?? '';

  it.each([
    ['a logged contact', (work: Work) => log(work)],
    ['an entry taken back', async (work: Work) => undoContact(work, (await log(work)).contact)],
    [
      'a snooze',
      async (work: Work) => snoozeFollowUp(work, { id: await openOf(work) }, { until: day(3), reason: 'capacity' }),
    ],
  ])('%s', async (_what, act) => {
    expect(await followed(act)).toEqual(['digests.person maya', 'digests.team east', 'digests.team-line east']);
  });

  it('a follow-up handed over, at both people', async () => {
    const copies = await followed(async (work) => reassignFollowUp(work, { id: await openOf(work) }, 'jon'));
    expect(copies).toEqual([
      'digests.person jon',
      'digests.person maya',
      'digests.team east',
      'digests.team-line east',
    ]);
  });

  it('so that the row is gone when it is drawn again', async () => {
    const card = await rehearse(async (ask) => {
      await log(ask());
      return ask().draw('digests.person', 'maya');
    });
    expect(textsOf(card)[0]).toBe(`5 need you today. Start with ${code('D002')}.`);
  });

  const log = (work: Work): ReturnType<typeof logContact> =>
    logContact(work, { client: { id: client() }, mode: 'phone', outcome: 'reached', minutes: 10 });
});
