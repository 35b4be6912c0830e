import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';

/** A page of the server's log, and a file that does not grow while it is measured, as the log's do not. */
const page = Buffer.alloc(8_192, 1);
const pages = 128;

/** One file on the disk of the server: how long a page takes until it would outlive the power, which no commit can beat. */
export function openDisk(folder) {
  const file = path.join(folder, 'measured');
  const handle = openSync(file, 'w+');
  for (let written = 0; written < pages; written += 1) writeSync(handle, page);
  fdatasyncSync(handle);
  let turn = 0;
  return {
    /** Milliseconds of one durable page. */
    sync() {
      turn = (turn + 1) % pages;
      const started = performance.now();
      writeSync(handle, page, 0, page.length, turn * page.length);
      fdatasyncSync(handle);
      return performance.now() - started;
    },
    close() {
      closeSync(handle);
      rmSync(file);
    },
  };
}
