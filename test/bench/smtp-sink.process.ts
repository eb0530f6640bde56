import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** What the sink says of itself to the bench that started it. */
export type SinkSays =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'accepted'; readonly accepted: number }
  | { readonly kind: 'bodies'; readonly bodies: readonly SinkBody[] };

export interface SinkBody {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** How many messages are kept whole, for the baseline to send the same bodies. */
const KEPT = 500;

/**
 * A mail server that accepts everything at once and keeps almost nothing: a process of its own, so that it costs the same to whoever sends.
 * It counts to `expected` anew after each `expect` message.
 */
const kept: string[] = [];
let accepted = 0;
let expected = 0;

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  logger: false,
  onData: (stream, _session, done) => {
    const counted = () => {
      accepted += 1;
      done();
      if (accepted === expected) say({ kind: 'accepted', accepted });
    };
    if (kept.length >= KEPT) {
      stream.on('end', counted).resume();
      return;
    }
    void text(stream).then((raw) => {
      kept.push(raw);
      counted();
    });
  },
});
server.on('error', () => undefined);
server.listen(0, '127.0.0.1', () => {
  say({ kind: 'listening', port: (server.server.address() as AddressInfo).port });
});

process.on('message', (asked: { readonly expect: number } | 'bodies') => {
  if (asked === 'bodies') void bodies().then((found) => say({ kind: 'bodies', bodies: found }));
  else [accepted, expected] = [0, asked.expect];
});
process.on('disconnect', () => process.exit());

function bodies(): Promise<SinkBody[]> {
  return Promise.all(
    kept.map(async (raw) => {
      const { subject = '', html, text: plain = '' } = await simpleParser(raw);
      return { subject, html: typeof html === 'string' ? html : '', text: plain };
    }),
  );
}

function say(said: SinkSays): void {
  process.send?.(said);
}
