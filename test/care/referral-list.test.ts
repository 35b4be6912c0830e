import { byPerson } from '../../src/doer.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPersonByIdentity } from '../../src/access/find-person-by-identity.ts';
import { roleSchema } from '../../src/access/roles.ts';
import { collectedFeatures } from '../../src/app.ts';
import { listDueReferrals } from '../../src/care/referrals/list-referrals.ts';
import { requestReferral } from '../../src/care/referrals/request-referral.ts';
import { askQuestion } from '../../src/care/referrals/say-in-referral.ts';
import { createWork } from '../../src/feature/create-work.ts';
import type { Work } from '../../src/feature/feature.ts';
import type { DueItem } from '../../src/feature/due.ts';
import { createPushableClock } from '../../src/clock.ts';
import { randomIds } from '../../src/ids.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import type { OrganisationTransaction } from '../../src/store/transaction.ts';
import { createDatabase, type TestDatabase } from '../helpers/database.ts';
import { aClient, applyFile, enrol, readSample } from '../helpers/organisation.ts';

const clock = createPushableClock({ start: new Date('2026-11-23T14:00:00Z'), frozen: true });
let database: TestDatabase;
let store: Store;
let changed: { team: string; people: readonly string[] }[] = [];

/** What a use case gets when this person acts; posts go nowhere, what is due to change is noted. */
async function askOf(tx: OrganisationTransaction, person: string): Promise<Work> {
  const row = await tx.db.person.findUniqueOrThrow({
    where: { organisationId_id: { organisationId: tx.organisation, id: person } },
    include: { team: true },
  });
  const work = createWork({
    features: collectedFeatures,
    tx,
    actor: {
      ...byPerson(person),
      organisation: tx.organisation,
      name: row.name,
      roles: row.roles.map((role) => roleSchema.parse(role)),
      team: row.teamId,
      zone: row.zone ?? row.team.zone,
    },
    now: clock.now(),
    reading: { today: '2026-11-23', isWorkingDay: () => true },
    privacy: { privacy: 'minimal', label: 'initials-and-birth-year', namesInForms: false },
    platform: 'slack',
    place: { id: 'D1', kind: 'direct' },
    outbox: { post: () => Promise.resolve(), refresh: () => Promise.resolve(), wake: () => Promise.resolve() },
  });
  return {
    ...work,
    publish: (event, body) => {
      if (event === 'due.changed' && 'team' in body && 'people' in body) changed.push(body);
      return Promise.resolve();
    },
  };
}
const as = <T>(person: string, act: (work: Work) => Promise<T>): Promise<T> =>
  store.inOrganisation('riverside', async (tx) => act(await askOf(tx, person)));
const due = async (people: readonly string[], until: string): Promise<readonly DueItem[]> =>
  as('maya', (work) => listDueReferrals(work, { people, until }));
const short = (items: readonly DueItem[]): string[] =>
  items.map((one) => `${one.owner} ${one.waitingOnOthers ? 'waits' : 'acts'} ${one.dueOn} ${one.code} ${one.what}`);

beforeAll(async () => {
  database = await createDatabase();
  store = openStore({ url: database.url, masterKey: new Uint8Array(32).fill(5), clock, ids: randomIds });
  await applyFile(store, await readSample(), clock);
  await enrol(store, clock, [
    aClient({ code: 'K7T2-9', name: 'Dan Dee' }),
    aClient({ code: 'M4XR-1', name: 'Eve Elm', born: '1981-05-05' }),
  ]);
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

describe('what is due of referrals', () => {
  let toJon = '';
  it('is the person’s who must act, by when; who asked waits for them', async () => {
    toJon = await as('maya', async (work) => {
      const to = { person: 'jon' };
      return (await requestReferral(work, { client: { code: 'K7T2-9' }, to, urgency: 'urgent' })).id;
    });
    expect(short(await due(['jon'], '2026-11-24'))).toEqual([
      'jon acts 2026-11-24 K7T2-9 accept or decline: referral to Jon Reyes',
    ]);
    expect(short(await due(['maya'], '2026-11-24'))).toEqual([
      'maya waits 2026-11-24 K7T2-9 accept or decline: referral to Jon Reyes',
    ]);
    expect(await due(['jon', 'maya'], '2026-11-23')).toEqual([]);
    expect(await due(['sara'], '2026-12-31')).toEqual([]);
  });

  it('is one row a referral in a list over several people: who must act', async () => {
    expect(short(await due(['maya', 'jon', 'sara'], '2026-11-24'))).toEqual([
      'jon acts 2026-11-24 K7T2-9 accept or decline: referral to Jon Reyes',
    ]);
  });

  it('is who asked’s while a question waits, and the receiver waits for them', async () => {
    await as('jon', (work) => askQuestion(work, { id: toJon }, 'Which days?'));
    expect(short(await due(['maya'], '2026-11-24'))).toEqual([
      'maya acts 2026-11-24 K7T2-9 answer the question: referral to Jon Reyes',
    ]);
    expect(short(await due(['jon'], '2026-11-24'))).toEqual([
      'jon waits 2026-11-24 K7T2-9 answer the question: referral to Jon Reyes',
    ]);
  });

  it('is everybody’s of an asked team until one takes it; a list over all of them names who asked', async () => {
    changed = [];
    await as('maya', (work) =>
      requestReferral(work, { client: { code: 'M4XR-1' }, to: { team: 'west' }, urgency: 'crisis' }),
    );
    expect(short(await due(['keisha'], '2026-11-23'))).toEqual([
      'keisha acts 2026-11-23 M4XR-1 accept or decline: referral to West team',
    ]);
    expect(short(await due(['keisha', 'li', 'maya', 'tom'], '2026-11-23'))).toEqual([
      'maya waits 2026-11-23 M4XR-1 accept or decline: referral to West team',
    ]);
    expect(short(await due(['bea'], '2026-12-31'))).toEqual([]);
    expect(changed).toEqual([{ team: 'east', people: ['maya', 'keisha', 'li', 'tom'] }]);
  });
});

describe('a person somebody mentions', () => {
  const find = (platform: 'slack' | 'teams', mention: string): Promise<string | undefined> =>
    store.inOrganisation('riverside', async (tx) => {
      const found = await findPersonByIdentity(tx, platform, mention);
      return found === undefined ? undefined : `${found.id} ${found.active ? 'active' : 'gone'}`;
    });

  it('is found by the platform’s id, on that platform only, or by their id of the organisation file', async () => {
    expect(await find('slack', 'U0JON')).toBe('jon active');
    expect(await find('teams', '0A000000-0000-4000-8000-00000000B001')).toBe('keisha active');
    expect(await find('teams', 'U0JON')).toBeUndefined();
    expect(await find('slack', 'Jon')).toBe('jon active');
    expect(await find('slack', "jon' or '1'='1")).toBeUndefined();
  });

  it('is known as gone once deactivated, here or on every platform they are on', async () => {
    await store.inOrganisation('riverside', async (tx) => {
      await tx.db.$executeRaw`update identity set active = false where platform_user = 'U0SARA'`;
      await tx.db.$executeRaw`update identity set active = false where platform_user = 'U0DANA'`;
      await tx.db.$executeRaw`update person set active = false where id = 'li'`;
    });
    expect(await find('slack', 'U0SARA')).toBe('sara gone');
    expect(await find('slack', 'U0DANA')).toBe('dana active');
    expect(await find('slack', 'li')).toBe('li gone');
  });
});
