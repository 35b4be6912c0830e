import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Ids } from '../ids.ts';

/** How long somebody may take at Slack's page of consent, in milliseconds. */
const validMilliseconds = 10 * 60_000;

/** What ties the way back from Slack to the one that went there. */
export interface InstallState {
  create(): string;
  /** What is kept of it, so that it counts once; undefined when it is not ours, or too old. */
  read(state: string): string | undefined;
}

export function createInstallState(ports: {
  readonly secret: string;
  readonly clock: Pick<Clock, 'wallNow'>;
  readonly ids: Pick<Ids, 'uuid'>;
}): InstallState {
  const sign = (text: string): string => createHmac('sha256', ports.secret).update(text).digest('hex');
  return {
    create() {
      const text = `${ports.ids.uuid()}.${ports.clock.wallNow().getTime() + validMilliseconds}`;
      return `${text}.${sign(text)}`;
    },
    read(state) {
      const match = /^([\w-]{36}\.(\d{13}))\.([0-9a-f]{64})$/.exec(state);
      const [, text, until, signature] = match ?? [];
      if (text === undefined || signature === undefined) return undefined;
      if (!timingSafeEqual(Buffer.from(signature), Buffer.from(sign(text)))) return undefined;
      if (Number(until) < ports.clock.wallNow().getTime()) return undefined;
      return createHash('sha256').update(state).digest('hex');
    },
  };
}
