/**
 * What each row has to reach. One list, so that the bench, its record and docs/bench.md cannot disagree; a row that is
 * not named here is for the record. `most` and `least` hold for the ratio, `mostOurs` for Baton's own figure in the
 * row's unit, `mostMore` for how much more it takes than its counterpart. `why`: what stands behind a goal that was missed,
 * as far as it is known; it is said only while the goal is missed. `asked`: only where a larger run is asked for.
 */
export const goals = [
  {
    name: 'slack command, 1 connection',
    counterpart: 'Bolt + pg, the same rows',
    most: 1.15,
    why: 'sealing, row security, the audit in its own form and the card are beyond what the counterpart does.',
  },
  {
    name: 'slack command, 16 connections',
    counterpart: 'Bolt + pg, the same rows',
    least: 0.75,
    why: 'with every connection busy the one thread of Node is what is short, and it seals, draws and checks more.',
  },
  {
    name: 'slack command, processor time of Node',
    counterpart: 'Bolt + pg, the same rows',
    most: 1.5,
    why: 'sealing, drawing the card and the rows of its answer are work that the counterpart does not do.',
  },
  {
    name: '100 commands/s, open loop, p99',
    counterpart: 'the clock',
    mostOurs: 100,
    why: 'two processors serve the sender, the service and the database: what else the computer does stands in the queue before a command.',
  },
  { name: '100 commands/s, open loop, the slowest', counterpart: 'the clock', mostOurs: 3_000 },
  {
    name: 'teams message, help',
    counterpart: 'botbuilder echo',
    most: 1.6,
    why: 'a message is kept against repetition in a transaction of its own beside what an echo does.',
  },
  {
    name: 'teams message, log',
    counterpart: 'echo + 1.3 measured fsync',
    most: 1,
    why: 'beside the echo and the write to disk stand four waits for the database, sealing, and drawing the card.',
  },
  { name: 'search while typing, 3 letters, 10 k clients, pages', counterpart: 'the count', mostOurs: 2_000 },
  { name: 'search while typing, 2 letters, 10 k clients, pages', counterpart: 'the count', mostOurs: 5_000 },
  {
    name: 'where each of 500 coordinators begins, 10 k open',
    counterpart: 'the clock',
    mostOurs: 60,
    why: 'most of it is the 500 people themselves: their calendars and a look at the index for each day of each.',
  },
  {
    name: 'where each of 500 coordinators begins, 100 k open',
    counterpart: 'the clock',
    mostOurs: 150,
    why: 'the clock counts what else the computer does; the ratios beside it do not.',
  },
  { name: 'where each of 500 coordinators begins, 1000 k open', counterpart: 'the clock', mostOurs: 300, asked: true },
  {
    name: 'where each of 500 coordinators begins, 1000 k open',
    counterpart: 'pull all, choose in Node',
    most: 0.1,
    asked: true,
  },
  {
    name: 'where each of 500 coordinators begins, growth',
    counterpart: 'itself (exponent)',
    most: 0.35,
  },
  {
    name: 'crisis card behind 100 k posts and a storming channel, p99',
    counterpart: 'the clock',
    mostOurs: 2_000,
    why: 'a look for escalations waits for the claim before it, which is slow where much waits and the processors have other work.',
  },
  {
    name: 'delivery to a sink',
    counterpart: 'graphile-worker 0.17.3, one by one',
    least: 1,
    why: 'each message is drawn from the database in a transaction of the organisation and written down in another; a job queue has neither, and hands over what is in the row.',
  },
  {
    name: 'delivery to a sink',
    counterpart: 'pg-boss 10.4.2, one by one',
    least: 1,
    why: 'each message is drawn from the database in a transaction of the organisation and written down in another; a job queue has neither, and hands over what is in the row.',
  },
  {
    name: 'delivery to a sink',
    counterpart: 'graphile-worker 0.17.3, its batches',
    least: 0.5,
    why: 'its claims and results are written many at a stroke; here each message is drawn and written down by itself, so that none is sent twice.',
  },
  {
    name: 'delivery to a sink',
    counterpart: 'pg-boss 10.4.2, its batches',
    least: 0.5,
    why: 'its claims and results are written many at a stroke; here each message is drawn and written down by itself, so that none is sent twice.',
  },
  { name: 'caseload import, 1000 rows', counterpart: 'COPY of the same rows', least: 0.25 },
  {
    name: 'start to first acknowledgement, warm',
    counterpart: 'Bolt echo',
    most: 1.5,
    why: 'some hundred files are loaded, with express, Bolt, zod and prom-client, and the database is asked whether it is up to date.',
  },
  {
    name: 'start to first answer in Teams, warm',
    counterpart: 'botbuilder echo',
    most: 1.2,
    why: 'the same files as with Slack, beside those of Microsoft, which the echo loads too.',
  },
  {
    name: 'memory when idle, Slack',
    counterpart: 'Bolt echo',
    mostMore: 30,
    why: 'code: every noun, zod, metrics and the driver are loaded beside Bolt.',
  },
  {
    name: 'memory when idle, Teams',
    counterpart: 'botbuilder echo',
    mostMore: 25,
    why: 'code: every noun, zod, metrics and the driver are loaded beside the SDK.',
  },
  {
    name: 'memory when idle, Slack, 100 k clients',
    counterpart: 'the same with 500',
    mostMore: 5,
    why: 'nothing of a client is kept in a process; what differs is what the collector has not yet given back.',
  },
];

const find = ({ name, counterpart }) => goals.find((one) => one.name === name && one.counterpart === counterpart);

function wordsOf(goal, unit) {
  if (goal.most !== undefined) return `<= ${goal.most}`;
  if (goal.least !== undefined) return `>= ${goal.least}`;
  return goal.mostOurs === undefined ? `<= + ${goal.mostMore} ${unit}` : `<= ${goal.mostOurs} ${unit}`;
}

/**
 * The row with its goal, whether it is met, and by how much not. Where the goal is one for Baton's own figure the ratio is
 * the one to the goal. A command that was acknowledged with "working on it"
 * (`late`) says nothing about how long the work took: with one of them no goal is met.
 */
export function judge(row) {
  const goal = find(row);
  if (goal === undefined) return { ...without(row), goal: null, goalMet: null };
  const late = row.late ?? 0;
  const over = excessOf(goal, row);
  const goalMet = over <= 0 && late === 0;
  const held = goal.mostOurs === undefined ? {} : { ratio: Number((row.ours / goal.mostOurs).toPrecision(3)) };
  const missed = late > 0 ? `${late} were acknowledged before they were done` : `by ${percent(over)}`;
  return {
    ...without(row),
    ...held,
    goal: wordsOf(goal, row.unit),
    goalMet,
    ...(goalMet ? {} : { missed, ...(goal.why === undefined ? {} : { why: goal.why }) }),
  };
}

/** How far beyond its goal a row is, as a share of the goal; 0 or less when it is met. */
function excessOf(goal, { ratio, ours, theirs }) {
  if (goal.most !== undefined) return ratio / goal.most - 1;
  if (goal.least !== undefined) return 1 - ratio / goal.least;
  return goal.mostOurs === undefined ? (ours - theirs) / goal.mostMore - 1 : ours / goal.mostOurs - 1;
}

const percent = (share) => `${Math.max(1, Math.round(share * 100))} %`;
const judged = ['goal', 'goalMet', 'missed', 'why'];
const without = (row) => Object.fromEntries(Object.entries(row).filter(([name]) => !judged.includes(name)));
