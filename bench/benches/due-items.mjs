import pg from 'pg';
import { listDueFollowUps, listFirstDueFollowUps } from '../../dist/care/follow-ups/due-records.js';
import { servedStatuses } from '../../dist/care/clients/rules.js';
import { asOrganisation, query } from '../databases.mjs';
import { interleave, median, milliseconds, resultOf, round } from '../measure.mjs';

const rounds = 9;
/** What a digest starts with. */
const most = 5;
const until = '2026-11-23';
/** Days ahead over which open items lie; with yesterday's and today's, one in eight is due. */
const spread = 14;
/** Milliseconds that so many open items may take, and how many times faster than reading all of them. */
const goals = new Map([
  [10_000, { most: 60 }],
  [100_000, { most: 150 }],
  [1_000_000, { most: 300, faster: 10 }],
]);

/**
 * What 500 coordinators must do today, in one question, among so many open items: where each begins, as a digest asks
 * it, and all of it, as a list does. The second writes ten times as many rows for ten times as many items.
 */
export async function benchDueItems({ openStore, server, template, people, sizes }) {
  const results = [];
  const took = { first: [], baton: [] };
  for (const size of sizes) {
    const url = await server.create(`due_${size}`, template);
    await fill(url, size);
    const store = openStore(url);
    const driver = new pg.Client({ connectionString: url, ...asOrganisation });
    await driver.connect();
    const ids = people.map(({ id }) => id);
    let rows = 0;
    let firsts = 0;
    const sides = {
      first: () =>
        milliseconds(async () => {
          const found = await store.inOrganisation('bench', (tx) =>
            listFirstDueFollowUps(tx, ids, until, servedStatuses, most),
          );
          firsts = found.length;
        }),
      baton: () =>
        milliseconds(async () => {
          rows = (await store.inOrganisation('bench', (tx) => listDueFollowUps(tx, ids, until, servedStatuses))).length;
        }),
      floor: () => milliseconds(() => driver.query(`select count(*) from follow_up where state = 'open'`)),
      pullAll: () =>
        milliseconds(async () => {
          const all = await driver.query(
            `select f.id, f.client_id, f.owner_id, f.due_on::text as due_on, f.version, c.code, c.tier, c.team_id, c.status
             from follow_up f join client c on c.organisation_id = f.organisation_id and c.id = f.client_id
             where f.state = 'open'`,
          );
          const wanted = new Set(ids);
          const due = all.rows.filter(
            (row) => row.due_on <= until && wanted.has(row.owner_id) && servedStatuses.includes(row.status),
          );
          const perPerson = new Map();
          for (const { owner_id: id } of due) perPerson.set(id, Math.min(most, (perPerson.get(id) ?? 0) + 1));
          const expected = [...perPerson.values()].reduce((sum, count) => sum + count, 0);
          if (expected !== firsts) throw new Error(`${expected} come first, Baton found ${firsts}`);
          if (due.length !== rows) throw new Error(`${due.length} are due, Baton found ${rows}`);
        }),
    };
    await interleave(2, sides);
    const taken = await interleave(rounds, sides);
    took.first.push(median(taken.first));
    took.baton.push(median(taken.baton));
    await driver.end();
    await store.close();
    const shared = { unit: 'ms', ours: taken.baton, items: size, due: rows };
    const name = `all due items of 500 coordinators, ${size / 1_000} k open`;
    const begin = { unit: 'ms', ours: taken.first, items: size, due: firsts };
    results.push(
      resultOf({
        name: `first ${most} of each of 500 coordinators, ${size / 1_000} k open`,
        counterpart: 'pull all, choose in Node',
        theirs: taken.pullAll,
        ...begin,
        ...(goals.get(size)?.faster === undefined ? {} : { atMost: 1 / goals.get(size).faster }),
      }),
      ...inTime(`first ${most} of each of 500 coordinators, ${size / 1_000} k open`, size, took.first.at(-1)),
      resultOf({ name, counterpart: 'count(*) of the open ones', theirs: taken.floor, ...shared }),
      resultOf({ name, counterpart: 'pull all, choose in Node', theirs: taken.pullAll, ...shared }),
    );
  }
  function inTime(name, size, ours) {
    const goal = goals.get(size)?.most;
    if (goal === undefined) return [];
    const line = { name, counterpart: 'the clock (ms)', ratio: round(ours / goal), goal: `<= ${goal} ms` };
    return [{ ...line, goalMet: ours <= goal, rounds, unit: 'ms', ours: round(ours), theirs: goal, items: size }];
  }
  const growth = (name, [smallest, ...more], goal) => {
    const largest = more.at(-1);
    const exponent = Math.log(largest / smallest) / Math.log(sizes.at(-1) / sizes[0]);
    results.push({
      name: `${name}, growth from ${sizes[0] / 1_000} k to ${sizes.at(-1) / 1_000} k`,
      counterpart: 'itself (exponent)',
      ratio: round(exponent),
      goal: goal === undefined ? null : `<= ${goal}`,
      goalMet: goal === undefined ? null : exponent <= goal,
      rounds,
      unit: 'ms',
      ours: round(largest),
      theirs: round(smallest),
    });
  };
  growth(`first ${most} of each of 500 coordinators`, took.first, 0.35);
  growth('all due items of 500 coordinators', took.baton);
  return results;
}

/** Clients, each with a coordinator and one open follow-up. Their sealed fields are one byte: nothing here opens them. */
async function fill(url, size) {
  const letters = `'0123456789ABCDEFGHJKMNPQRSTVWXYZ'`;
  const digit = (unit) => `substr(${letters}, n / ${unit} % 32 + 1, 1)`;
  const code = `${[1_048_576, 32_768, 1_024, 32].map(digit).join(' || ')} || '-' || ${digit(1)}`;
  const owner = `'person-' || n % (select count(*) from person)`;
  const from = `from generate_series(0, ${size - 1}) as n`;
  await query(
    url,
    `begin;
     insert into client (organisation_id, id, code, team_id, identity, status, tier, preferences, created_at)
     select 'bench', md5('client ' || n)::uuid, ${code}, 'east', '\\x00', 'active',
            (array['high', 'medium', 'low'])[n % 3 + 1], '{}', now() ${from};
     insert into coordinator_assignment (organisation_id, id, client_id, person_id, started_at)
     select 'bench', md5('assignment ' || n)::uuid, md5('client ' || n)::uuid, ${owner}, now() ${from};
     insert into follow_up (organisation_id, id, client_id, owner_id, due_on, zone, created_at)
     select 'bench', md5('item ' || n)::uuid, md5('client ' || n)::uuid, ${owner},
            date '${until}' + (abs(hashint4(n)) % ${spread + 2} - 1), 'America/New_York', now() ${from};
     commit`,
    [],
    asOrganisation,
  );
  await query(url, 'analyze');
}
