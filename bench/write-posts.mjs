import { asOrganisation, query } from './databases.mjs';

/** So many posts to one person after the other, one sentence each, that wait for no courtesy; in one statement. */
export const writePosts = (url, { count, people, salt }) =>
  query(
    url,
    `with made as (
       insert into post (organisation_id, id, key, audience, destination, kind, subject, priority, at_once, created_at)
       select 'bench', gen_random_uuid(), '${salt}:' || n, 'person', 'person-' || n % ${people}, 'caseloads.imported',
              to_char((now() - n * interval '1 second') at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 3, true, now()
       from generate_series(0, ${count - 1}) as n
       returning id, destination, subject, created_at)
     insert into delivery (organisation_id, id, post_id, line, priority, next_at, created_at)
     select 'bench', gen_random_uuid(), id, 'person:' || destination || '/' || subject, 3, created_at, created_at from made`,
    [],
    asOrganisation,
  );
