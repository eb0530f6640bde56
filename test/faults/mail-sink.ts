import type { EventEmitter } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { WORST_MOMENT } from './killer.js';
import type { MailMoods, Silence } from './mail-trouble.js';
import type { Chance } from './random.js';

/** One copy of a message, kept from the moment the server has it whole: its sender may die before it reads the answer. */
export interface Arrival {
  readonly messageId: string;
  readonly to: readonly string[];
  /** What the sender called itself: the life of a worker. */
  readonly from: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Why the server never said 250; null when it did. */
  readonly silence: Silence | null;
}

export interface MailSink {
  /** The address to send to, for a sender of that name. */
  urlFor(sender: string): string;
  readonly arrivals: readonly Arrival[];
  readonly moods: MailMoods;
  close(): Promise<void>;
}

/** A mail server takes a moment to answer: a kill then falls between what it has and what its sender knows. */
const SLOWEST_ANSWER_MS = 40;
/** Longer than the mailer waits for an answer. */
const STALL_MS = 20_000;

const refusal = (responseCode: number, text: string): Error => Object.assign(new Error(text), { responseCode });

export async function openMailSink(chance: Chance, moods: MailMoods, pulse: EventEmitter): Promise<MailSink> {
  const arrivals: Arrival[] = [];
  const sockets = new Map<number, Socket>();
  const take = (
    messageId: string,
    { envelope, hostNameAppearsAs: from, remotePort }: SMTPServerSession,
    done: (error?: Error) => void,
  ): void => {
    const fate = moods.fateOf(messageId);
    if (fate === null) {
      const { code } = moods.refuse(messageId, from);
      done(refusal(code, code === 451 ? '4.3.0 come back later' : '5.6.0 not this message'));
    } else if (fate === 'later') done(refusal(451, '4.3.2 come back later'));
    else if (fate === 'cut-untaken') sockets.get(remotePort)?.destroy();
    else {
      const silence = fate === 'taken' ? null : fate;
      arrivals.push({ messageId, to: envelope.rcptTo.map(({ address }) => address), from, at: Date.now(), silence });
      if (silence === null) setTimeout(done, chance.between(0, SLOWEST_ANSWER_MS));
      else setTimeout(() => sockets.get(remotePort)?.destroy(), silence === 'cut' ? 0 : STALL_MS).unref();
    }
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    closeTimeout: 1_000,
    onConnect: (_session, done) => {
      done(moods.isBusy() ? refusal(421, '4.3.2 too busy') : null);
    },
    onRcptTo: (_address, _session, done) => {
      done(moods.recipientLater() ? refusal(450, '4.2.1 this mailbox is busy') : null);
    },
    onData: (stream, session, done) => {
      pulse.emit(WORST_MOMENT.worker, session.hostNameAppearsAs);
      messageIdOf(stream).then(
        (messageId) => take(messageId, session, done),
        (error: unknown) => done(error as Error),
      );
    },
  });
  // A sender that is killed breaks its connection.
  server.on('error', () => undefined);
  server.server.on('connection', (socket) => {
    const { remotePort = 0 } = socket;
    sockets.set(remotePort, socket);
    socket.once('close', () => {
      if (sockets.get(remotePort) === socket) sockets.delete(remotePort);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    urlFor: (sender) => `smtp://127.0.0.1:${port}/?name=${sender}`,
    arrivals,
    moods,
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
