import { createHash, randomUUID } from 'node:crypto';
import { App } from '@slack/bolt';
import pg from 'pg';

/**
 * A search while typing as short as a good programmer would write it for one clinic: Bolt and the driver, names in the
 * clear in a table of words with an index for beginnings, and a row that says who looked.
 */
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
const app = new App({
  signingSecret: process.env.SLACK_SIGNING_SECRET,
  authorize: async () => ({ botToken: 'xoxb-none', botId: 'B0', botUserId: 'U0' }),
});

app.options('search:clients', async ({ ack, payload, body }) => {
  const words = payload.value.toLowerCase().split(/\s+/);
  const client = await pool.connect();
  try {
    await client.query('begin');
    const all = words.map((_, at) => `select client_id from plain_word where word like $${at + 1}`).join(' intersect ');
    const { rows } = await client.query(
      `select c.id, c.code, p.label from (${all} limit 100) as found
       join plain_client p on p.client_id = found.client_id join client c on c.id = p.client_id order by c.code`,
      words.map((word) => `${word}%`),
    );
    const detail = JSON.stringify({ shown: rows.length });
    await client.query(
      `insert into audit_event (organisation_id, id, at, actor, verb, subject_kind, subject_id, detail, hash)
       values ('bench', $1, now(), $2, 'client.search', 'client-list', $2, $3, $4)`,
      [randomUUID(), body.user.id, detail, createHash('sha256').update(detail).digest()],
    );
    await client.query('commit');
    await ack({
      options: rows.map(({ id, code, label }) => ({
        value: id,
        text: { type: 'plain_text', text: `${code} ${label}` },
      })),
    });
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
});

const server = await app.start({ port: 0, host: '127.0.0.1' });
process.stdout.write(`ready on http://127.0.0.1:${server.address().port}\n`);
process.on('SIGTERM', () => process.exit(0));
