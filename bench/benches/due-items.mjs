import pg from 'pg';
import { listWorkingTimes } from '../../dist/access/working-times.js';
import { addDaysToDate, weekdayOf } from '../../dist/calendar/local-dates.js';
import { servedStatuses } from '../../dist/care/clients/rules.js';
import { arrange, firstOf } from '../../dist/care/digests/arrange.js';
import { horizonDays, startHere } from '../../dist/care/digests/rules.js';
import { listDueFollowUps } from '../../dist/care/follow-ups/due-records.js';
import { findFirst } from '../../dist/care/follow-ups/find-first.js';
import { moveToWorkDay, rememberDays } from '../../dist/care/follow-ups/work-days.js';
import { asOrganisation } from '../databases.mjs';
import { fillClients } from '../fill-clients.mjs';
import { aloneOf, interleave, median, milliseconds, resultOf, round } from '../measure.mjs';

const rounds = 9;
/** A Monday: what was due on the Sunday before is due on it, too. */
const today = '2026-11-23';
const horizon = addDaysToDate(today, horizonDays);
/**
 * Where each of 500 coordinators begins, among so many open items: how many follow-ups are theirs to act on today, the
 * first five of them, and the next day on which there are some. It is what a digest asks of follow-ups, for all of them
 * in one breath. For the record all that is due, which is ten times as many rows for ten times as many items.
 */
export async function benchDueItems({ openStore, server, template, people, sizes }) {
  const results = [];
  const took = { begin: [], all: [] };
  const ids = people.map(({ id }) => id);
  for (const size of sizes) {
    const url = await server.create(`due_${size}`, template);
    await fillClients(url, size, today);
    const store = openStore(url);
    const driver = new pg.Client({ connectionString: url, ...asOrganisation });
    await driver.connect();
    const found = {};
    const sides = {
      begin: () =>
        milliseconds(async () => {
          found.begin = await store.inOrganisation('bench', (tx) => begin(tx, ids));
        }),
      all: () =>
        milliseconds(async () => {
          found.all = (
            await store.inOrganisation('bench', (tx) => listDueFollowUps(tx, { people: ids }, today))
          ).length;
        }),
      floor: () => milliseconds(() => driver.query(`select count(*) from follow_up where state = 'open'`)),
      pullAll: () =>
        milliseconds(async () => {
          found.pullAll = await pullAll(driver, ids);
        }),
    };
    const check = () => {
      const ours = JSON.stringify(found.begin);
      if (ours !== JSON.stringify(found.pullAll)) throw new Error('Baton begins elsewhere than who reads everything');
      const due = found.pullAll.reduce((sum, { planned }) => sum + planned, 0);
      if (found.all !== due) throw new Error(`${due} are due, Baton found ${found.all}`);
    };
    let taken;
    try {
      await interleave(2, sides);
      check();
      taken = await interleave(rounds, sides);
      check();
    } finally {
      await driver.end();
      await store.close();
    }
    took.begin.push(median(taken.begin));
    took.all.push(median(taken.all));
    const where = `${size / 1_000} k open`;
    const due = found.begin.reduce((sum, one) => sum + one.count, 0);
    const first = `where each of 500 coordinators begins, ${where}`;
    const ours = { unit: 'ms', ours: taken.begin, items: size, due };
    results.push(
      resultOf({
        name: first,
        counterpart: 'pull all, choose in Node',
        theirs: taken.pullAll,
        ...ours,
      }),
      resultOf({ name: first, counterpart: 'count(*) of the open ones', theirs: taken.floor, ...ours }),
      aloneOf({ name: first, ours: took.begin.at(-1), unit: 'ms', rounds, items: size }),
    );
    const all = { name: `all due items of 500 coordinators, ${where}`, unit: 'ms', ours: taken.all, items: size };
    results.push(
      resultOf({ ...all, counterpart: 'count(*) of the open ones', theirs: taken.floor, due: found.all }),
      resultOf({ ...all, counterpart: 'pull all, choose in Node', theirs: taken.pullAll, due: found.all }),
    );
  }
  const growth = (name, [smallest, ...more]) => {
    const largest = more.at(-1) ?? smallest;
    const exponent = Math.log(largest / smallest) / Math.log(sizes.at(-1) / sizes[0]);
    results.push({
      ...{ name: `${name}, growth`, counterpart: 'itself (exponent)', ratio: round(exponent), rounds, unit: 'ms' },
      ...{ ours: round(largest), theirs: round(smallest), items: [sizes[0], sizes.at(-1)] },
    });
  };
  growth('where each of 500 coordinators begins', took.begin);
  growth('all due items of 500 coordinators', took.all);
  return results;
}

/** As a digest does it: the calendars, the counts, and of the days that are needed the first ones. */
async function begin(tx, people) {
  const calendars = await listWorkingTimes(tx, people);
  const dayFor = rememberDays(calendars);
  const found = await findFirst(tx, { people, today, until: horizon, each: startHere, dayFor });
  const per = new Map(people.map((id) => [id, { id, planned: 0, count: 0, first: [], next: undefined }]));
  for (const { owner, dueOn, count } of found.counts) {
    const one = per.get(owner);
    one.planned += count;
    if (dayFor(owner, dueOn) <= today) one.count += count;
  }
  for (const { owner, dueOn } of found.next) per.get(owner).next = dayFor(owner, dueOn);
  for (const item of found.first) {
    const moved = moveToWorkDay({ ...item, waitingOnOthers: false }, calendars.get(item.owner));
    per.get(item.owner).first.push(moved);
  }
  return [...per.values()].map((one) => ({ ...one, first: firstOf(arrange(one.first, today)).map(({ id }) => id) }));
}

/** The same by reading every open item, and sorting in Node what is due. */
async function pullAll(driver, people) {
  const all = await driver.query(
    `select f.id, f.client_id, f.owner_id, f.due_on::text as due_on, f.version, c.code, c.tier, c.team_id, c.status
     from follow_up f join client c on c.organisation_id = f.organisation_id and c.id = f.client_id
     where f.state = 'open'`,
  );
  const week = await driver.query('select working_days, closures::text[] as closures from team');
  const [{ working_days: workingDays, closures }] = week.rows;
  const works = (day) => workingDays.includes(weekdayOf(day)) && !closures.includes(day);
  const moved = new Map();
  const move = (day) => {
    if (!moved.has(day)) {
      let on = day;
      while (!works(on)) on = addDaysToDate(on, 1);
      moved.set(day, on);
    }
    return moved.get(day);
  };
  const tiers = ['high', 'medium', 'low', 'maintenance'];
  const compare = (a, b) =>
    tiers.indexOf(a.tier) - tiers.indexOf(b.tier) ||
    (a.day < b.day ? -1 : a.day > b.day ? 1 : 0) ||
    (a.code < b.code ? -1 : a.code > b.code ? 1 : 0) ||
    (a.id < b.id ? -1 : 1);
  const per = new Map(people.map((id) => [id, { planned: 0, due: [], next: undefined }]));
  for (const row of all.rows) {
    const one = per.get(row.owner_id);
    if (one === undefined || row.due_on > horizon || !servedStatuses.includes(row.status)) continue;
    const day = move(row.due_on);
    if (row.due_on <= today) one.planned += 1;
    if (day <= today) one.due.push({ id: row.id, day, tier: row.tier, code: row.code });
    else if (one.next === undefined || day < one.next) one.next = day;
  }
  return [...per].map(([id, { planned, due, next }]) => ({
    id,
    planned,
    count: due.length,
    first: due
      .sort(compare)
      .slice(0, startHere)
      .map((one) => one.id),
    next,
  }));
}
