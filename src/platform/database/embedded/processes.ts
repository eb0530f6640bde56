import { execFile } from 'node:child_process';
import { readFile, readdir, stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { SYSTEM_ENVIRONMENT } from './account.js';

const run = promisify(execFile);
const onLinux = process.platform === 'linux';

async function ps(...args: string[]): Promise<string> {
  return run('ps', args, { env: SYSTEM_ENVIRONMENT }).then(
    ({ stdout }) => stdout.trim(),
    () => '',
  );
}

/** When the process began, in a form that no other process of that number shares (numbers are reused, and restart after a boot); undefined when dead. */
export async function birthOf(pid: number): Promise<string | undefined> {
  if (!onLinux) return (await ps('-o', 'lstart=', '-p', String(pid))) || undefined;
  try {
    const fields = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The command, second field, may itself hold spaces and parentheses; the state is the field after it, the birth the twentieth.
    const [state, ...rest] = fields.slice(fields.lastIndexOf(')') + 2).split(' ');
    if (state === 'Z' || state === 'X') return undefined;
    return `${(await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim()}:${rest[18] ?? ''}`;
  } catch {
    return undefined;
  }
}

async function commands(): Promise<{ pid: number; command: string }[]> {
  if (!onLinux) {
    const lines = (await ps('-A', '-o', 'pid=,command=')).split('\n');
    return lines.map((line) => ({ pid: parseInt(line, 10), command: line.trim().replace(/^\d+\s+/, '') }));
  }
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const read = async (pid: number) => ({
    pid,
    command: (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' '),
  });
  return Promise.all(pids.map(read));
}

async function worksIn(pid: number, folder: string): Promise<boolean> {
  if (!onLinux) return false;
  const [own, there] = await Promise.all([stat(`/proc/${pid}/cwd`).catch(() => undefined), stat(folder)]);
  return own !== undefined && own.ino === there.ino && own.dev === there.dev;
}

/**
 * The name that a cluster's processes bear on their command line. By it an orphan is told from another process that took its number, without the right
 * to look inside processes of another account, which root lacks in a container. Device and inode: the same after the folder was moved.
 */
export async function markOf(cluster: string): Promise<string> {
  const { dev, ino } = await stat(cluster);
  return `bievre-${dev}-${ino}`;
}

/** Every PostgreSQL process, server or one of its children, that lives on this cluster; also one started by hand, where that can be seen. */
export async function processesOn(cluster: string): Promise<number[]> {
  const mark = new RegExp(`\\b${await markOf(cluster)}\\b`);
  const found: number[] = [];
  for (const { pid, command } of await commands()) {
    if (pid === process.pid || !/\bpostgres\b/.test(command)) continue;
    if (mark.test(command) || (await worksIn(pid, cluster))) found.push(pid);
  }
  return found;
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Waits until no process of the cluster is left. Gives false after `milliseconds`. */
export async function allGone(cluster: string, milliseconds: number): Promise<boolean> {
  for (const until = Date.now() + milliseconds; ; await pause(50)) {
    if ((await processesOn(cluster)).length === 0) return true;
    if (Date.now() > until) return false;
  }
}
