import { setTimeout } from 'node:timers/promises';
import { aloneOf, interleave, median, milliseconds, resultOf } from '../measure.mjs';
import { asOrganisation, query } from '../databases.mjs';
import { createSlack } from '../slack-requests.mjs';

const alone = { rounds: 9, commands: 40 };
/** Commands of the open loop, a minute long, and how many a second. */
const steadyCommands = 6_000;
const steadyRate = 100;
const together = { rounds: 9, commands: 160, connections: 16 };

/** `/care log` in one line, from the signed request to the acknowledgement with everything committed. */
export async function benchSlackCommand({ baton, raw, echo, people, codes, databases }) {
  const single = createSlack(1);
  const many = createSlack(together.connections);
  let turn = 0;
  let written = 0;
  const sides = { baton: baton.url, raw: raw.url, echo: echo.url };

  const log = (slack, url) => {
    const index = turn % people.length;
    turn += 1;
    if (url !== echo.url) written += 1;
    const text = `log ${codes[index]} phone reached 15m fu +3d`;
    return slack.command(url, people[index].slack, text);
  };
  const oneByOne = (url, commands) => async () => {
    const taken = [];
    for (let sent = 0; sent < commands; sent += 1) taken.push(await log(single, url));
    return median(taken);
  };
  /** Commands a second with every connection busy. */
  const atOnce = (url, commands) => async () => {
    const taken = await milliseconds(() => Promise.all(Array.from({ length: commands }, () => log(many, url))));
    return commands / (taken / 1_000);
  };
  const each = (make) => Object.fromEntries(Object.entries(sides).map(([name, url]) => [name, make(url)]));

  // Not measured: code is compiled, connections open, plans are made.
  await interleave(
    1,
    each((url) => oneByOne(url, 40)),
  );
  await interleave(
    1,
    each((url) => atOnce(url, 320)),
  );

  const lateBefore = single.late() + many.late();
  const cpuBefore = { baton: await baton.cpu(), raw: await raw.cpu() };
  const p50 = await interleave(
    alone.rounds,
    each((url) => oneByOne(url, alone.commands)),
  );
  const perSecond = await interleave(
    together.rounds,
    each((url) => atOnce(url, together.commands)),
  );
  const cpu = Object.fromEntries(
    await Promise.all(
      Object.entries({ baton, raw }).map(async ([name, one]) => [
        name,
        ((await one.cpu()) - cpuBefore[name]) / (alone.rounds * alone.commands + together.rounds * together.commands),
      ]),
    ),
  );
  const steady = await openLoop(many, (slack) => log(slack, baton.url));
  // What was acknowledged before it was done proves nothing about how long it took.
  const late = single.late() + many.late() - lateBefore;
  single.close();
  many.close();
  // Stopping waits for what is under way.
  for (const service of [baton, raw, echo]) await service.stop();
  await countRows(databases, written);

  const shared = { unit: 'ms, median of a round', ours: p50.baton, late };
  const throughput = { unit: 'commands/s, 16 connections', ours: perSecond.baton, late };
  const rawName = 'Bolt + pg, the same rows';
  return [
    resultOf({ name: 'slack command, 1 connection', counterpart: rawName, theirs: p50.raw, ...shared }),
    resultOf({ name: 'slack command, 1 connection', counterpart: 'Bolt echo', theirs: p50.echo, ...shared }),
    resultOf({
      name: 'slack command, 16 connections',
      counterpart: rawName,
      theirs: perSecond.raw,
      ...throughput,
    }),
    resultOf({
      name: 'slack command, 16 connections',
      counterpart: 'Bolt echo',
      theirs: perSecond.echo,
      ...throughput,
    }),
    resultOf({
      name: 'slack command, processor time of Node',
      counterpart: rawName,
      ours: [cpu.baton],
      theirs: [cpu.raw],
      unit: 'ms a command',
    }),
    ...steady,
  ];
}

/** A hundred commands a second for a while, sent when their time has come whether or not those before are answered. */
async function openLoop(slack, send) {
  const taken = [];
  const sending = [];
  const started = Date.now();
  for (let sent = 0; sent < steadyCommands; sent += 1) {
    const wait = started + (sent * 1_000) / steadyRate - Date.now();
    if (wait > 0) await setTimeout(wait);
    sending.push(send(slack).then((one) => taken.push(one)));
  }
  await Promise.all(sending);
  const sorted = taken.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  const line = (what, value) =>
    aloneOf({
      name: `${steadyRate} commands/s, open loop, ${what}`,
      ours: value,
      unit: 'ms',
      commands: steadyCommands,
    });
  return [line('p99', at(0.99)), line('the slowest', at(1))];
}

/** A service that acknowledged and did not write would win every race. */
async function countRows(databases, written) {
  let contacts = 0;
  for (const url of databases) {
    for (const table of ['contact', 'inbound_delivery', 'audit_event']) {
      const verb = table === 'audit_event' ? ` where verb = 'contact.log'` : '';
      const text = `select (select count(*) from ${table}${verb})::int as rows, (select count(*) from contact)::int as contacts`;
      const [found] = await query(url, text, [], asOrganisation);
      if (found.rows !== found.contacts) throw new Error(`${found.rows} rows in ${table}, ${found.contacts} contacts`);
      if (table === 'contact') contacts += found.rows;
    }
  }
  if (contacts !== written) throw new Error(`${contacts} contacts were written, ${written} were acknowledged`);
}
