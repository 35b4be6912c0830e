import { describe, expect, it } from 'vitest';
import { lockedPackages, manifest } from './lock.ts';

const { dependencies, devDependencies, optionalDependencies, overrides } = manifest;
const direct = { ...dependencies, ...devDependencies, ...optionalDependencies };
const exact = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;
const placesOf = (name: string): string[] =>
  lockedPackages.filter((entry) => entry.name === name).map(({ place }) => place);

describe('the pins', () => {
  it.each(Object.entries(direct))('%s is pinned exactly, and the lock holds that version: %s', (name, version) => {
    expect(version).toMatch(exact);
    expect(lockedPackages.find(({ place }) => place === `node_modules/${name}`)?.version).toBe(version);
  });

  it('hold for overrides too', () => {
    const versions = Object.values(overrides).flatMap((value) =>
      typeof value === 'string' ? [value] : Object.values(value),
    );
    expect(versions.length).toBeGreaterThan(0);
    for (const version of versions) expect(version.startsWith('$') || exact.test(version)).toBe(true);
  });

  it('leave one copy of what must be shared', () => {
    expect(placesOf('@slack/web-api')).toEqual(['node_modules/@slack/web-api']);
    expect(placesOf('@prisma/client')).toEqual(['node_modules/@prisma/client']);
    expect(placesOf('express')).toEqual(['node_modules/express']);
  });

  it('are under integrity, and the lock sends nobody to one particular registry', () => {
    expect(lockedPackages.filter(({ integrity }) => integrity === undefined)).toEqual([]);
    expect(lockedPackages.filter(({ resolved }) => resolved !== undefined)).toEqual([]);
  });
});
