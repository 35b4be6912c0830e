import { App } from '@slack/bolt';

/** The least a Slack command can be: Bolt, which checks the signature, and the words back. Writes nothing. */
const app = new App({
  signingSecret: process.env.SLACK_SIGNING_SECRET,
  authorize: async () => ({ botToken: 'xoxb-none', botId: 'B0', botUserId: 'U0' }),
});
app.command('/care', async ({ ack, command }) => {
  await ack({ response_type: 'ephemeral', text: `Logged: ${command.text}` });
});
const server = await app.start({ port: 0, host: '127.0.0.1' });
process.stdout.write(`ready on http://127.0.0.1:${server.address().port}\n`);
process.on('SIGTERM', () => process.exit(0));
