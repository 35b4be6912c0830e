import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

export interface RunningProcess {
  pid: number;
  /** Its command line, or the title it gave itself. Empty for one that is dead and not yet collected. */
  title: string;
}

/** All processes this user may see. Reads /proc where there is one, else asks `ps`. */
export async function listProcesses(): Promise<RunningProcess[]> {
  if (process.platform !== 'linux') return listByPs();
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const title = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      return { pid: Number(pid), title: title.replaceAll('\0', ' ') };
    }),
  );
  return found.filter((each) => each.title !== '');
}

/** Every process of the server called `tag`: the postmaster by its arguments, its children by their titles. */
export async function listServerProcesses(tag: string): Promise<RunningProcess[]> {
  const titled = new RegExp(`^(postgres: ${tag}: |/.*/postgres -D .* -c cluster_name=${tag}( |$))`);
  return (await listProcesses()).filter((each) => each.pid !== process.pid && titled.test(each.title));
}

/**
 * When a process started, in the system's own words: together with its id it names one process for good, since ids
 * are used again. '' when there is no such process.
 */
export async function readStartTime(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    const facts = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    // The name in parentheses may hold spaces and parentheses: fields count from the last one.
    const fields = facts.slice(facts.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? '' : (fields[19] ?? '');
  }
  const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => ({
    stdout: '',
  }));
  return stdout.trim();
}

/** Whether a process of this user lives; one that is dead and not yet collected does not. */
export async function isAlive(pid: number): Promise<boolean> {
  if (process.platform === 'linux') return (await readStartTime(pid)) !== '';
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function listByPs(): Promise<RunningProcess[]> {
  const { stdout } = await promisify(execFile)('ps', ['-axww', '-o', 'pid=,command='], { maxBuffer: 1 << 26 });
  return stdout.split('\n').flatMap((line) => {
    const [, pid, title] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined || title === undefined ? [] : [{ pid: Number(pid), title }];
  });
}
