import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const AUTOGROUP = '/proc/sys/kernel/sched_autogroup_enabled';
const NAME = 'bievre-bench';

/**
 * Has this process, and all that it starts, run in one CPU control group, as Docker and systemd run services. Outside of any, Linux's autogroup shares the
 * processor out by session, and each backend of PostgreSQL is one: each would get as much of it as the API, the worker and the bench together, whatever
 * their priorities. Needs root; without, a line says that latencies are measured with that.
 */
export function takeCpuGroup(): Disposable {
  const top = isAutogrouped() ? topGroup() : null;
  if (top === null) return { [Symbol.dispose]: () => undefined };
  const own = join(top.folder, NAME);
  try {
    if (top.unified) writeFileSync(join(top.folder, 'cgroup.subtree_control'), '+cpu');
    mkdirSync(own, { recursive: true });
    moveTo(own);
  } catch (error) {
    console.error(`latencies are measured with one share of the processor a session: ${String(error)}`);
  }
  return {
    [Symbol.dispose]: () => {
      try {
        moveTo(top.folder);
        rmdirSync(own);
      } catch {
        // It was not taken, or a process of it is not gone yet: an empty group costs nothing.
      }
    },
  };
}

function isAutogrouped(): boolean {
  try {
    return readFileSync(AUTOGROUP, 'utf8').trim() === '1';
  } catch {
    return false;
  }
}

/** The group above all, when this process is in no other: one that is has a share of its own already. */
function topGroup(): { readonly folder: string; readonly unified: boolean } | null {
  const groups = readFileSync('/proc/self/cgroup', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const [, controllers = '', path] =
    groups.find(([, names = '']) => names.split(',').includes('cpu')) ?? groups.find(([id]) => id === '0') ?? [];
  return path === '/' ? { folder: join('/sys/fs/cgroup', controllers), unified: controllers === '' } : null;
}

function moveTo(group: string): void {
  writeFileSync(join(group, 'cgroup.procs'), String(process.pid));
}
