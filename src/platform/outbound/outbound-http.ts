import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { performance } from 'node:perf_hooks';
import { reachOf } from './address.js';
import type { HostAddress, HostResolver } from './host-resolver.js';

export interface OutboundSettings {
  /** Without encryption too. */
  readonly allowHttp: boolean;
  /** Names and addresses of one's own network that may be called all the same. */
  readonly privateHosts: ReadonlySet<string>;
  /** From the name to the last byte read, in milliseconds. */
  readonly timeoutMs?: number;
  /** Certificate authorities, when not those of Node. */
  readonly ca?: string;
}

export interface OutboundPost {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Why there was no answer. */
export type NoAnswer = 'address-refused' | 'dns' | 'timeout' | 'tls' | 'protocol' | 'connection';

export type OutboundAnswer = { readonly durationMs: number } & (
  { readonly status: number; readonly retryAfter: string | null } | { readonly status: null; readonly cause: NoAnswer }
);

const TIMEOUT_MS = 10_000;
/** Read of an answer, so that a polite server sees its words arrive; nothing of it is kept. */
const READ_BYTES = 4096;

/** Names that never lead elsewhere (RFC 6761, 6.3). */
const THIS_MACHINE = /^(.+\.)?localhost$/i;

class AddressRefused extends Error {}

/**
 * Calls addresses that somebody else gave us. A name is resolved once, refused if any of its addresses leads inside, and the connection goes to
 * the addresses that were looked at and no other: a name that changes its mind meanwhile changes nothing. Redirects are answers, not orders. No
 * connection is kept: the next call looks again.
 */
export class OutboundHttp {
  constructor(
    private readonly resolver: HostResolver,
    private readonly settings: OutboundSettings,
  ) {}

  get allowsHttp(): boolean {
    return this.settings.allowHttp;
  }

  /** Whether the host is one that is never called: an address, or this machine's own name. Any other name is only known when it is resolved. */
  refuses(url: URL): boolean {
    const hostname = hostOf(url);
    if (isIP(hostname) !== 0) return !this.allows(hostname, hostname);
    return THIS_MACHINE.test(hostname) && !this.allows(hostname, '127.0.0.1');
  }

  /** Never throws for what the other side does. */
  async post({ url, ...rest }: OutboundPost): Promise<OutboundAnswer> {
    const started = performance.now();
    const signal = AbortSignal.timeout(this.settings.timeoutMs ?? TIMEOUT_MS);
    const durationMs = () => Math.round(performance.now() - started);
    try {
      const target = new URL(url);
      const addresses = await abortable(this.addressesOf(target), signal);
      const { status, retryAfter } = await exchange(target, rest, { addresses, signal, ca: this.settings.ca });
      return { status, retryAfter, durationMs: durationMs() };
    } catch (error) {
      return { status: null, cause: signal.aborted ? 'timeout' : causeOf(error), durationMs: durationMs() };
    }
  }

  /** @throws AddressRefused */
  private async addressesOf(url: URL): Promise<readonly HostAddress[]> {
    if (url.protocol !== 'https:' && !(this.allowsHttp && url.protocol === 'http:')) throw new AddressRefused();
    const hostname = hostOf(url);
    const family = isIP(hostname);
    const addresses = family === 0 ? await this.resolver.resolve(hostname) : [{ address: hostname, family }];
    if (addresses.length === 0 || !addresses.every(({ address }) => this.allows(hostname, address))) throw new AddressRefused();
    return addresses;
  }

  private allows(hostname: string, address: string): boolean {
    const reach = reachOf(address);
    return reach === 'public' || (reach === 'private' && this.settings.privateHosts.has(hostname));
  }
}

/** As the allow-list writes it: without the brackets of an IPv6 address, nor the dot that ends a full name. */
function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

/** `getaddrinfo` cannot be stopped: it is left to end by itself. */
function abortable<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    work.then(resolve, reject);
  });
}

interface Route {
  readonly addresses: readonly HostAddress[];
  readonly signal: AbortSignal;
  readonly ca: string | undefined;
}

/** The addresses already looked at, whatever is asked. */
const only =
  (addresses: readonly HostAddress[]): LookupFunction =>
  (_hostname, options, done) => {
    const [first] = addresses;
    if (options.all === true) done(null, [...addresses]);
    else done(null, first?.address ?? '', first?.family ?? 0);
  };

function exchange(
  url: URL,
  { headers, body }: Omit<OutboundPost, 'url'>,
  { addresses, signal, ca }: Route,
): Promise<{ status: number; retryAfter: string | null }> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).request(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      agent: false,
      lookup: only(addresses),
      signal,
      ...(ca === undefined ? {} : { ca }),
    });
    request.on('response', (response) => {
      let left = READ_BYTES;
      const done = () => {
        const { statusCode = 0, headers: answered } = response;
        resolve({ status: statusCode, retryAfter: answered['retry-after'] ?? null });
        request.destroy();
      };
      response.on('data', (chunk: Buffer) => {
        left -= chunk.length;
        if (left <= 0) done();
      });
      response.on('end', done);
      response.on('error', reject);
    });
    request.on('error', reject);
    // A connection that ends without a word (a switch of protocols nobody asked for) would leave us waiting.
    request.on('close', () => reject(new Error('closed')));
    request.end(body);
  });
}

function causeOf(error: unknown): NoAnswer {
  if (error instanceof AddressRefused) return 'address-refused';
  const { code: given } = error as { code?: unknown };
  const code = typeof given === 'string' ? given : '';
  if (code === 'ENOTFOUND' || code.startsWith('EAI_')) return 'dns';
  if (code === 'EPROTO' || /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH)/.test(code)) return 'tls';
  return code.startsWith('HPE_') ? 'protocol' : 'connection';
}
