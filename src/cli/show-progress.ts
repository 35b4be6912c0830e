import type { WriteStream } from 'node:tty';
import { SingleBar } from 'cli-progress';

/** One thing that takes a while. */
export interface Progress {
  /** So many are done now. */
  to(done: number): void;
  end(): void;
}

export type ShowProgress = (what: string, total: number) => Progress;

/** A bar on a terminal; nothing at all on what is none: a log is no place for one. */
export function progressOn(stream: Pick<WriteStream, 'isTTY'> & NodeJS.WritableStream): ShowProgress | undefined {
  if (!stream.isTTY) return undefined;
  return (what, total) => {
    const format = `${what} [{bar}] {percentage}% · {value} of {total} rows · {eta_formatted} left`;
    const bar = new SingleBar({ stream, format, barsize: 30, clearOnComplete: true, hideCursor: false });
    bar.start(total, 0);
    return { to: (done) => bar.update(done), end: () => bar.stop() };
  };
}

/** For whoever does not look. */
export const silent: ShowProgress = () => ({ to: () => undefined, end: () => undefined });
