import { searchClients } from '../../dist/care/clients/search-records.js';
import { query } from '../databases.mjs';
import { aloneOf, interleave, median, resultOf } from '../measure.mjs';
import { createSlack } from '../slack-requests.mjs';

const rounds = 9;
const searches = 20;
/** What is typed: every client is an Ada, and the family names begin with three letters that few share. */
const typed = { '2 letters': 'ad', '3 letters': 'ada', 'two words': 'ada aab' };
const mostOptions = 100;

/**
 * A search while typing in a form, from the signed request to the options, among clients whose names are sealed: by the
 * blind index, with the row that says who looked. And the pages it reads, which hold on any computer.
 */
export async function benchTypeAhead({ baton, plain, people, clients, openStore, url }) {
  const slack = createSlack(1);
  let turn = 0;
  const search = (service, text) => {
    turn += 1;
    return slack.search(service.url, people[turn % people.length].slack, text);
  };
  const results = [];
  for (const [what, text] of Object.entries(typed)) {
    const side = (service, count) => async () => {
      const taken = [];
      for (let sent = 0; sent < count; sent += 1) taken.push(await search(service, text));
      return median(taken);
    };
    await interleave(1, { baton: side(baton, searches), plain: side(plain, searches) });
    const taken = await interleave(rounds, { baton: side(baton, searches), plain: side(plain, searches) });
    results.push(
      resultOf({
        name: `search while typing, ${what}, ${clients / 1_000} k clients`,
        counterpart: 'Bolt + pg, names in the clear',
        ours: taken.baton,
        theirs: taken.plain,
        unit: 'ms, median of a round',
      }),
    );
  }
  slack.close();
  const store = openStore(url);
  for (const [what, text] of Object.entries(typed)) {
    const { pages, found } = await store.inOrganisation('bench', (tx) => countPages(tx, text, people[0].id));
    if (found === 0) throw new Error(`nobody was found by ${what}`);
    results.push(
      aloneOf({
        name: `search while typing, ${what}, ${clients / 1_000} k clients, pages`,
        counterpart: 'the count',
        ...{ ours: pages, unit: 'pages', found },
      }),
    );
  }
  await store.close();
  return results;
}

/** Pages of tables and indexes that one search asks for, in memory or not, by somebody who sees all teams. */
async function countPages(tx, text, person) {
  const asked = () => tx.db.$queryRaw`
    select sum(pg_stat_get_xact_blocks_fetched(c.oid))::int as pages
    from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'`;
  const [before] = await asked();
  const who = { person, team: 'east', everywhere: true, namesCoordinators: false };
  const { found } = await searchClients(tx, text.split(' '), who, mostOptions);
  const [after] = await asked();
  return { pages: after.pages - (before.pages ?? 0), found: found.length };
}

/** The counterpart's own tables: the same clients with their names in the clear. `names`: one a client, any order. */
export async function writePlainNames(url, names) {
  await query(
    url,
    `create table plain_client (client_id uuid primary key, label text not null);
     create table plain_word (word text not null, client_id uuid not null)`,
  );
  await query(
    url,
    `with known as (select id, row_number() over (order by id) as at from client),
          given as (select name, at from unnest($1::text[]) with ordinality as g (name, at)),
          client as (insert into plain_client
                     select k.id, left(name, 1) || '.' from known k join given g on g.at = k.at)
     insert into plain_word
     select lower(word), k.id from known k join given g on g.at = k.at, regexp_split_to_table(g.name, ' ') as word`,
    [names],
  );
  await query(url, 'create index on plain_word (word text_pattern_ops, client_id)');
  await query(url, 'vacuum (analyze)');
}
