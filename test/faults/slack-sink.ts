import { createServer, type ServerResponse } from 'node:http';

/** A Slack that takes everything, keeps counts, and knows nothing of repetitions: each call it accepts is a message. */
export interface SlackSink {
  readonly apiUrl: string;
  /** How often a message was accepted, by the `client_msg_id` the bot gave. */
  readonly accepted: ReadonlyMap<string, number>;
  /** Called at the moments of a message; awaited before the answer goes out. */
  at: (moment: 'opening' | 'accepted', key: string) => Promise<void>;
  /** Called when an answer about a message has left. */
  answered: (key: string) => void;
  close(): Promise<void>;
}

export async function openSlackSink(): Promise<SlackSink> {
  const accepted = new Map<string, number>();
  let messages = 0;
  const answer = (response: ServerResponse, body: object): Promise<void> =>
    new Promise((resolve) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body), () => resolve());
    });

  async function serve(method: string, form: URLSearchParams, response: ServerResponse): Promise<void> {
    if (method === 'conversations.open') {
      await sink.at('opening', '');
      return answer(response, { ok: true, channel: { id: `D${form.get('users') ?? ''}` } });
    }
    if (method !== 'chat.postMessage') return answer(response, { ok: true });
    const key = form.get('client_msg_id') ?? '';
    accepted.set(key, (accepted.get(key) ?? 0) + 1);
    messages += 1;
    const ts = `1700000000.${String(messages).padStart(6, '0')}`;
    await sink.at('accepted', key);
    await answer(response, { ok: true, channel: form.get('channel'), ts });
    sink.answered(key);
  }

  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      const method = (request.url ?? '').split('/').at(-1) ?? '';
      void serve(method, new URLSearchParams(body), response);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const sink: SlackSink = {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    accepted,
    at: () => Promise.resolve(),
    answered: () => undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return sink;
}
