import { vi } from 'vitest';

/** A request a platform sent to the bot, byte for byte, to send again as often and wherever a test wants. */
export interface Recorded {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What both local platforms send to the bot while `work` runs, in order. */
export async function recordRequests(work: () => Promise<unknown>): Promise<readonly Recorded[]> {
  const sent: Recorded[] = [];
  const real = globalThis.fetch;
  const spy = vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    const path = new URL(typeof input === 'string' || input instanceof URL ? input : input.url).pathname;
    const body = init?.body;
    const text = body instanceof Uint8Array ? Buffer.from(body).toString('utf8') : body;
    if ((path === '/slack/events' || path === '/api/messages') && typeof text === 'string') {
      sent.push({ path, headers: Object.fromEntries(new Headers(init?.headers)), body: text });
    }
    return real(input, init);
  });
  try {
    await work();
  } finally {
    spy.mockRestore();
  }
  return sent;
}
