import { totalmem } from 'node:os';

const megabyte = 1024 * 1024;
const between = (least: number, value: number, most: number): number => Math.min(Math.max(value, least), most);

/** Bytes that this machine has, or the part of them that a container may use, where that is less. */
export function machineMemory(): number {
  const all = totalmem();
  const allowed = process.constrainedMemory();
  return allowed > 0 ? Math.min(all, allowed) : all;
}

/**
 * How a private server divides a machine of so many bytes that it shares with Baton. An eighth of them, 128 MB to 1 GB,
 * holds pages; more would only be taken from the system's own cache. Checkpoints come after eight times that much of
 * change, 1 to 4 GB: a page is written whole into the log once after each, so a large import that meets few of them
 * writes much less. That is also how much room on disk the log may take.
 */
export function sizeMemory(bytes: number): Readonly<Record<'shared_buffers' | 'max_wal_size', string>> {
  const pages = between(128, Math.floor(bytes / 8 / megabyte), 1024);
  return { shared_buffers: `${pages}MB`, max_wal_size: `${between(1024, pages * 8, 4096)}MB` };
}
