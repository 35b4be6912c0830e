import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { progressOn } from '../../src/cli/show-progress.ts';

function aStream(isTTY: boolean) {
  const written: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written.push(chunk.toString());
      done();
    },
  });
  const terminal = { isTTY, columns: 120, cursorTo: () => true, clearLine: () => true, moveCursor: () => true };
  return { stream: Object.assign(stream, terminal), said: () => written.join('') };
}

describe('how far something is', () => {
  it('is shown as a bar on a terminal', () => {
    const { stream, said } = aStream(true);
    const bar = progressOn(stream)?.('Importing', 2_000);
    bar?.to(1_000);
    bar?.end();
    expect(said()).toContain('Importing [');
    expect(said()).toContain('50% · 1000 of 2000 rows');
  });

  it('is not shown on what is no terminal', () => {
    const { stream, said } = aStream(false);
    expect(progressOn(stream)).toBeUndefined();
    expect(said()).toBe('');
  });
});
