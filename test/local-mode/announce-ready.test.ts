import { expect, it } from 'vitest';
import { announceReady } from '../../src/announce-ready.ts';
import { createLog } from '../../src/log.ts';

it('a service that serves says so once in a sentence, and once in a line for machines', () => {
  const said: string[] = [];
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => void lines.push(line) });
  const ready = { url: 'http://127.0.0.1:3000', what: 'Slack and Teams', platform: 'slack,teams' };
  announceReady(ready, { log, say: (line) => void said.push(line) });
  expect(said).toEqual(['Baton is ready: http://127.0.0.1:3000/ (Slack and Teams)\n']);
  expect(lines.map((line) => ({ ...(JSON.parse(line) as object), time: 0 }))).toEqual([
    { level: 'info', time: 0, msg: 'ready', url: 'http://127.0.0.1:3000', platform: 'slack,teams' },
  ]);
});
