import { setTimeout as pause } from 'node:timers/promises';
import { asOrganisation, query } from '../databases.mjs';
import { aloneOf, resultOf } from '../measure.mjs';
import { stormingChannel } from '../slack-api.mjs';
import { createSlack } from '../slack-requests.mjs';

/** Escalations raised with nothing else to send, and behind the backlog. */
const quiet = 12;
const behind = 25;
/** Milliseconds between two: a person is sent one message a second at most, and a supervisor gets a card of each. */
const between = 2_000;
const waiting = { person: 90_000, team: 10_000 };
/** Seconds within which the last card has to be out. */
const patience = 60;

/**
 * `/care escalate CODE crisis` while 100,000 posts wait, ten thousand of them for a channel in which Slack answers
 * everything with 429: from the moment the command is taken in (before its commit) until the platform has each card
 * of it that goes to a person. Beside the same with nothing waiting.
 */
export async function benchCrisisCard({ baton, slackApi, people, codes, url }) {
  const slack = createSlack(8);
  let turn = 0;
  const raise = () => {
    // Somebody else than the client's coordinator raises it, each a few times at most.
    const index = turn % codes.length;
    turn += 1;
    return slack.command(
      baton.url,
      people[(index + 250) % people.length].slack,
      `escalate ${codes[index]} crisis`,
      /Escalated/,
    );
  };
  const cardsOf = async (count) => {
    const since = new Date();
    const acknowledged = [];
    for (let raised = 0; raised < count; raised += 1) {
      acknowledged.push(raise());
      await pause(between);
    }
    await Promise.all(acknowledged);
    return arrivals(url, slackApi, since);
  };
  await raise();
  await pause(1_000);
  const idle = await cardsOf(quiet);
  await writeBacklog(url, people.length);
  await pause(3_000);
  const before = { messages: slackApi.messages(), at: Date.now() };
  const busy = await cardsOf(behind);
  const rate = (slackApi.messages() - before.messages) / ((Date.now() - before.at) / 1_000);
  const left = await countWaiting(url);
  // What was sent up meanwhile is no backlog any more.
  if (left < 50_000) throw new Error(`only ${left} posts waited at the end`);
  slack.close();
  const name = 'crisis card behind 100 k posts and a storming channel';
  const unit = 'ms until the platform has it';
  const more = { cards: busy.length, refused: slackApi.refused(), left };
  return [
    aloneOf({ name: `${name}, p99`, ours: at(busy, 0.99), unit: 'ms', ...more }),
    resultOf({
      name: `${name}, p99`,
      counterpart: 'nothing waiting',
      ours: [at(busy, 0.99)],
      theirs: [at(idle, 0.99)],
      unit,
    }),
    resultOf({
      name: `${name}, median`,
      counterpart: 'nothing waiting',
      ours: [at(busy, 0.5)],
      theirs: [at(idle, 0.5)],
      unit,
    }),
    aloneOf({ name: `${name}: what else goes out meanwhile`, ours: rate, unit: 'messages/s' }),
  ];
}

const at = (list, share) => list.toSorted((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))];

/** Milliseconds of each person's card of what was raised since then; waits until the platform has them all. */
async function arrivals(url, slackApi, since) {
  for (let looks = 0; looks < patience; looks += 1) {
    const rows = await query(
      url,
      `select d.message_id, d.state, p.created_at from delivery d join post p on p.id = d.post_id
       where p.kind = 'escalations.card' and p.audience = 'person' and p.created_at >= $1`,
      [since],
      asOrganisation,
    );
    if (rows.length > 0 && rows.every(({ state }) => state !== 'pending' && state !== 'sending')) {
      return rows.map((row) => {
        const arrived = slackApi.arrivedAt(row.message_id);
        if (arrived === undefined) throw new Error(`a crisis card is ${row.state}, and Slack has none`);
        return arrived - row.created_at.getTime();
      });
    }
    await pause(1_000);
  }
  throw new Error(`crisis cards are not out ${patience} s after the last was raised`);
}

const countWaiting = async (url) =>
  (await query(url, `select count(*)::int as waiting from delivery where state = 'pending'`, [], asOrganisation))[0]
    .waiting;

/**
 * One sentence each, that waits for no courtesy, so that nothing but the engine and the platform holds it up; written one
 * after the other over the last quarter of an hour, as they gather while a platform is down.
 */
async function writeBacklog(url, people) {
  const quarter = 15 * 60;
  const subject = `to_char((now() - n * interval '1 second') at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
  const post = (audience, destination) =>
    `select 'bench', md5('${audience} ' || n)::uuid, 'backlog:${audience}:' || n, '${audience}', ${destination},
            'caseloads.imported', ${subject}, 3, true, now() - n * interval '${quarter} s' / ${waiting[audience]} from numbers`;
  const write = (audience, destination, place) =>
    query(
      url,
      `with numbers as materialized (select n from generate_series(1, ${waiting[audience]}) as n),
            made as (insert into post (organisation_id, id, key, audience, destination, kind, subject, priority, at_once, created_at)
                     ${post(audience, destination)} returning id, destination, subject, created_at)
       insert into delivery (organisation_id, id, post_id, workspace_id, platform, place, line, priority, next_at, created_at)
       select 'bench', gen_random_uuid(), id, ${place === undefined ? 'null, null, null' : `'b-slack', 'slack', '${place}'`},
              '${audience}:' || destination || '/' || subject || '${place === undefined ? '' : `@${place}`}', 3, created_at, created_at
       from made`,
      [],
      asOrganisation,
    );
  await write('team', `'east'`, stormingChannel);
  await write('person', `'person-' || n % ${people}`);
  await query(url, 'analyze');
}
