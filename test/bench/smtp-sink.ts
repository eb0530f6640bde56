import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ROOT } from './ground.js';
import type { SinkBody, SinkSays } from './smtp-sink.process.js';

export interface Sink extends AsyncDisposable {
  readonly port: number;
  /** Starts counting anew; resolves when that many messages are accepted. Awaiting the first promise makes sure that the sink counts. */
  expect(messages: number): Promise<{ readonly all: Promise<void> }>;
  /** Some of the messages that it was given, as their sender wrote them. */
  bodies(): Promise<readonly SinkBody[]>;
}

export async function openSink(): Promise<Sink> {
  const child = fork(join(ROOT, 'dist', 'test/bench/smtp-sink.process.js'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const waiting = new Map<SinkSays['kind'], (said: SinkSays) => void>();
  child.on('message', (said: SinkSays) => waiting.get(said.kind)?.(said));
  const hear = <Kind extends SinkSays['kind']>(kind: Kind) =>
    new Promise<Extract<SinkSays, { kind: Kind }>>((resolve) => {
      waiting.set(kind, (said) => resolve(said as Extract<SinkSays, { kind: Kind }>));
    });
  const { port } = await hear('listening');
  return {
    port,
    expect: (messages) =>
      new Promise((resolve, reject) => {
        const all = hear('accepted').then(() => undefined);
        child.send({ expect: messages }, (error) => {
          if (error) reject(error);
          else resolve({ all });
        });
      }),
    bodies: async () => {
      const said = hear('bodies');
      child.send('bodies');
      return (await said).bodies;
    },
    [Symbol.asyncDispose]: async () => {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}
