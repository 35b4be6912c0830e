import { createHash, randomUUID } from 'node:crypto';
import { App } from '@slack/bolt';
import pg from 'pg';

/**
 * The same command as short as a good programmer would write it for one clinic: Bolt and the driver, one transaction,
 * the same rows in the same tables (delivery, contact, follow-ups, client, audit). No row security, no encryption, no
 * roles, no card, no retry.
 */
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
const app = new App({
  signingSecret: process.env.SLACK_SIGNING_SECRET,
  authorize: async () => ({ botToken: 'xoxb-none', botId: 'B0', botUserId: 'U0' }),
});

app.command('/care', async ({ ack, command }) => {
  const [, code, mode, outcome, minutes] = command.text.split(' ');
  const text = `Logged: ${code} · ${mode}, ${outcome}, ${minutes}`;
  const client = await pool.connect();
  try {
    await client.query('begin');
    const claimed = await client.query(
      `insert into inbound_delivery (organisation_id, workspace_id, delivery, received_at, answer)
       values ('bench', 'b-slack', $1, now(), $2) on conflict do nothing`,
      [command.trigger_id, Buffer.from(text)],
    );
    if (claimed.rowCount === 1)
      await logContact(client, { code, mode, outcome, minutes: parseInt(minutes, 10) }, command);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
  await ack({ response_type: 'ephemeral', text });
});

async function logContact(client, { code, mode, outcome, minutes }, command) {
  const found = await client.query(
    `select i.person_id as person, c.id as client, a.person_id as coordinator, t.zone,
            (now() at time zone t.zone)::date::text as today
     from identity i
     join person p on p.organisation_id = i.organisation_id and p.id = i.person_id and p.active
     join client c on c.organisation_id = i.organisation_id and c.code = $2
     join team t on t.organisation_id = c.organisation_id and t.id = c.team_id and t.id = p.team_id
     join coordinator_assignment a on a.organisation_id = c.organisation_id and a.client_id = c.id and a.ended_at is null
     where i.organisation_id = 'bench' and i.workspace_id = 'b-slack' and i.platform_user = $1 and i.active`,
    [command.user_id, code],
  );
  const { person, client: id, coordinator, zone, today } = found.rows[0];
  const contact = randomUUID();
  await client.query(
    `insert into contact (organisation_id, id, client_id, person_id, occurred_at, occurred_on, zone, logged_at, mode,
                          outcome, minutes, source)
     values ('bench', $1, $2, $3, now(), $4, $5, now(), $6, $7, $8, 'slack')`,
    [contact, id, person, today, zone, mode, outcome, minutes],
  );
  await client.query(
    `update client set last_contact_on = greatest(last_contact_on, $2::date) where organisation_id = 'bench' and id = $1`,
    [id, today],
  );
  const detail = JSON.stringify({ client: code, mode, outcome, minutes });
  await client.query(
    `insert into audit_event (organisation_id, id, at, actor, verb, subject_kind, subject_id, detail, hash)
     values ('bench', $1, now(), $2, 'contact.log', 'contact', $3, $4, $5)`,
    [randomUUID(), person, contact, detail, createHash('sha256').update(detail).digest()],
  );
  await client.query(
    `update follow_up set state = 'done', fulfilled_by_id = $2, closed_at = now(), closed_by = $3, version = version + 1
     where organisation_id = 'bench' and client_id = $1 and state = 'open' and kind = 'contact'`,
    [id, contact, person],
  );
  await client.query(
    `insert into follow_up (organisation_id, id, client_id, owner_id, due_on, zone, opened_by_id, created_at)
     values ('bench', $1, $2, $3, $4::date + 3, $5, $6, now())`,
    [randomUUID(), id, coordinator, today, zone, contact],
  );
}

const server = await app.start({ port: 0, host: '127.0.0.1' });
process.stdout.write(`ready on http://127.0.0.1:${server.address().port}\n`);
process.on('SIGTERM', () => process.exit(0));
