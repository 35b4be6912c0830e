import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const checkout = path.resolve(import.meta.dirname, '../..');
const readJson = (name: string): unknown => JSON.parse(readFileSync(path.join(checkout, name), 'utf8'));

const names = z.record(z.string(), z.string());

/** package.json, as far as the house rules look at it. */
export const manifest = z
  .object({
    engines: z.object({ node: z.string() }),
    dependencies: names,
    devDependencies: names,
    optionalDependencies: names,
    overrides: z.record(z.string(), z.union([z.string(), names])),
  })
  .parse(readJson('package.json'));

const lock = z
  .object({
    packages: z.record(
      z.string(),
      z.object({
        version: z.string().optional(),
        engines: names.optional(),
        hasInstallScript: z.boolean().optional(),
        resolved: z.string().optional(),
        integrity: z.string().optional(),
      }),
    ),
  })
  .parse(readJson('package-lock.json'));

/** Every package `npm ci` installs on some platform: `place` is its folder, `name` what it is called. */
export const lockedPackages = Object.entries(lock.packages)
  .filter(([place]) => place !== '')
  .map(([place, entry]) => ({ place, name: place.slice(place.lastIndexOf('node_modules/') + 13), ...entry }));
