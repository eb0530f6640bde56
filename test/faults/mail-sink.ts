import type { EventEmitter } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { SMTPServer } from 'smtp-server';
import type { Chance } from './random.js';

/** One copy of a message, kept from the moment the server has it whole: its sender may die before it reads the answer. */
export interface Arrival {
  readonly messageId: string;
  readonly to: readonly string[];
  /** What the sender called itself: the life of a worker. */
  readonly from: string;
}

export interface MailSink {
  /** The address to send to, for a sender of that name. */
  urlFor(sender: string): string;
  readonly arrivals: readonly Arrival[];
  close(): Promise<void>;
}

/** A mail server takes a moment to answer: a kill then falls between what it has and what its sender knows. */
const SLOWEST_ANSWER_MS = 40;

export async function openMailSink(chance: Chance, pulse: EventEmitter): Promise<MailSink> {
  const arrivals: Arrival[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    closeTimeout: 1_000,
    onData: (stream, { envelope, hostNameAppearsAs }, done) => {
      pulse.emit(hostNameAppearsAs);
      messageIdOf(stream).then(
        (messageId) => {
          arrivals.push({ messageId, to: envelope.rcptTo.map(({ address }) => address), from: hostNameAppearsAs });
          setTimeout(done, chance.between(0, SLOWEST_ANSWER_MS));
        },
        (error: unknown) => {
          done(error as Error);
        },
      );
    },
  });
  // A sender that is killed breaks its connection.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    urlFor: (sender) => `smtp://127.0.0.1:${port}/?name=${sender}`,
    arrivals,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
}

async function messageIdOf(stream: Readable): Promise<string> {
  let text = '';
  for await (const chunk of stream as AsyncIterable<Buffer>) text += chunk.toString('latin1');
  const [, id] = /^message-id:\s*(<[^>]+>)/im.exec(text) ?? [];
  if (id === undefined) throw new Error('a message without Message-ID');
  return id;
}
