import 'reflect-metadata';
import { readdirSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { readEnvironment } from './config/environment.js';
import { whyNotStarted } from './why-not-started.js';
import { startWorker } from './boot.js';

/** Where the two share a machine, people who wait for an answer come first. Linux gives each thread a priority of its own. */
function giveWay(): void {
  try {
    const threads = process.platform === 'linux' ? readdirSync('/proc/self/task').map(Number) : [process.pid];
    for (const thread of threads) setPriority(thread, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // A courtesy: a system that refuses it, or a thread that has just ended, keeps no worker from its work.
  }
}

giveWay();
try {
  await startWorker(readEnvironment());
} catch (error) {
  console.error(whyNotStarted(error));
  process.exit(1);
}
