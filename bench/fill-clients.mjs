import { asOrganisation, query } from './databases.mjs';

/** Days ahead over which open items lie; with yesterday's and today's, one in eight is due. */
const spread = 14;

/**
 * Clients, each with a coordinator and one open follow-up around a local date. Their sealed fields are one byte: nothing
 * that runs on them opens them.
 */
export async function fillClients(url, size, today) {
  const letters = `'0123456789ABCDEFGHJKMNPQRSTVWXYZ'`;
  const digit = (unit) => `substr(${letters}, n / ${unit} % 32 + 1, 1)`;
  const code = `${[1_048_576, 32_768, 1_024, 32].map(digit).join(' || ')} || '-' || ${digit(1)}`;
  const owner = `'person-' || n % (select count(*) from person)`;
  const from = `from generate_series(0, ${size - 1}) as n`;
  const tier = `(array['high', 'medium', 'low'])[n % 3 + 1]`;
  await query(
    url,
    `begin;
     insert into client (organisation_id, id, code, team_id, identity, status, tier, preferences, created_at)
     select 'bench', md5('client ' || n)::uuid, ${code}, 'east', '\\x00', 'active', ${tier}, '{}', now() ${from};
     insert into coordinator_assignment (organisation_id, id, client_id, person_id, started_at)
     select 'bench', md5('assignment ' || n)::uuid, md5('client ' || n)::uuid, ${owner}, now() ${from};
     insert into follow_up (organisation_id, id, client_id, client_code, client_tier, client_status, owner_id,
                            due_on, zone, created_at)
     select 'bench', md5('item ' || n)::uuid, md5('client ' || n)::uuid, ${code}, ${tier}, 'active', ${owner},
            date '${today}' + (abs(hashint4(n)) % ${spread + 2} - 1), 'America/New_York', now() ${from};
     commit`,
    [],
    asOrganisation,
  );
  // Autovacuum does both within a minute or two of so many new rows.
  await query(url, 'vacuum (analyze)');
}
