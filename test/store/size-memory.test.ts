import { describe, expect, it } from 'vitest';
import { listSettings } from '../../src/store/embedded/postmaster-settings.ts';
import { machineMemory, sizeMemory } from '../../src/store/embedded/size-memory.ts';

const gigabyte = 1024 ** 3;

describe('what a private server takes of a machine', () => {
  it.each([
    [0.5, '128MB', '1024MB'],
    [1, '128MB', '1024MB'],
    [2, '256MB', '2048MB'],
    [4, '512MB', '4096MB'],
    [8, '1024MB', '4096MB'],
    [256, '1024MB', '4096MB'],
  ])('of %d GB: %s of pages, and %s of log between checkpoints', (memory, pages, log) => {
    expect(sizeMemory(memory * gigabyte)).toEqual({ shared_buffers: pages, max_wal_size: log });
  });

  it('is never more than a quarter of it, and more never means less', () => {
    const sizes = Array.from({ length: 64 }, (_, index) => (index + 1) * 0.5 * gigabyte);
    const pages = sizes.map((size) => Number.parseInt(sizeMemory(size).shared_buffers, 10));
    expect(pages).toEqual([...pages].sort((a, b) => a - b));
    pages.forEach((megabytes, index) => expect(megabytes * 1024 ** 2).toBeLessThanOrEqual((sizes[index] ?? 0) / 4));
  });

  it('goes by what the machine really has', () => {
    expect(machineMemory()).toBeGreaterThan(0);
  });

  it('is given to a server that keeps what it is told, whose log holds whole pages in short; tests are given little', () => {
    const settings = (durable: boolean): readonly string[] =>
      listSettings({ tag: 'a', socketDir: '/tmp/a', durable, memory: 2 * gigabyte });
    expect(settings(true)).toEqual(
      expect.arrayContaining(['shared_buffers=256MB', 'max_wal_size=2048MB', 'wal_compression=on']),
    );
    expect(settings(false)).toEqual(expect.arrayContaining(['shared_buffers=128MB']));
    expect(settings(false).join()).not.toContain('2048MB');
  });
});
