import { afterEach, expect, it } from '@jest/globals';
import type { Bundle } from './jobs.js';
import type { QueueBackend } from './queue-backend.js';
import { QueueWorkers } from './queue-workers.js';
import type { BullWorker, Processor } from './transport.js';

const handled: string[] = [];
let end: (how?: Error) => void = () => undefined;
let workers: QueueWorkers;

/** What the store gives goes by `give`; what is given is handled until `end` says how it ended. */
async function atWork(): Promise<(id: string) => Promise<void>> {
  let processor: Processor | undefined;
  const backend = {
    openWorker: (_name: string, process: Processor) => {
      processor = process;
      return Promise.resolve({ run: () => new Promise<void>((resolve) => (stopped = resolve)), close } as unknown as BullWorker);
    },
    complaints: { about: () => undefined },
  };
  let stopped: () => void = () => undefined;
  const close = () => {
    stopped();
    return Promise.resolve();
  };
  const process = ({ jobId }: Bundle) => {
    handled.push(jobId);
    return new Promise<void>((resolve, reject) => (end = (how) => (how ? reject(how) : resolve())));
  };
  workers = new QueueWorkers({ backend: backend as unknown as QueueBackend, process, queues: () => ['mail'] });
  workers.start();
  await Promise.resolve();
  return (id) =>
    processor?.({ id, name: 'mail.due.v1', data: { id: 'event', payload: {}, attempt: 1 } } as never) ??
    Promise.reject(new Error('no worker'));
}

afterEach(async () => {
  handled.length = 0;
  await workers.stop();
});

it('a job that is given again while it is under way here is handled once, and both end as it does', async () => {
  const give = await atWork();
  const given = [give('job-1'), give('job-1')];
  expect(handled).toEqual(['job-1']);
  end(new Error('refused'));
  expect((await Promise.allSettled(given)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});

it('a job that is given again once it has ended is handled again', async () => {
  const give = await atWork();
  const first = give('job-1');
  end();
  await first;
  const second = give('job-1');
  end();
  await second;
  expect(handled).toEqual(['job-1', 'job-1']);
});
