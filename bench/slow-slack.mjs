import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/** A Slack on a bad day: every answer takes its time, and a share of the calls is told to come again later. */
export async function openSlowSlack({ milliseconds, refused }) {
  let calls = 0;
  const answers = {
    'users.info': () => ({ user: { deleted: false } }),
    'conversations.open': () => ({ channel: { id: 'D0BENCH' } }),
    'conversations.info': () => ({ channel: { is_private: true, is_member: true } }),
    'chat.postMessage': () => ({ channel: 'D0BENCH', ts: `${Date.now() / 1_000}` }),
  };
  const server = createServer((request, response) => {
    request.resume();
    calls += 1;
    const turn = calls;
    void pause(milliseconds).then(() => {
      if ((turn * 7) % 10 < refused * 10) {
        response.writeHead(429, { 'retry-after': '1' }).end();
        return;
      }
      const method = request.url?.split('/').at(-1) ?? '';
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ ok: true, ...answers[method]?.() }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    calls: () => calls,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
