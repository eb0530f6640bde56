import { HostResolver, OutboundHttp, type HostAddress, type OutboundAnswer } from '../../../src/platform/outbound/index.js';
import { aCertificate } from '../../builders/certificate.js';
import { openHookTarget, status, type HookTarget } from '../../builders/hook-target.js';

/** A name server that says what it is told to, one answer after the other. */
class Names extends HostResolver {
  asked: string[] = [];

  constructor(private readonly answers: Readonly<Record<string, readonly (readonly string[])[]>>) {
    super();
  }

  override resolve(hostname: string): Promise<readonly HostAddress[]> {
    const answers = this.answers[hostname];
    const found = answers?.[Math.min(this.asked.filter((name) => name === hostname).length, answers.length - 1)];
    this.asked.push(hostname);
    if (!found) return Promise.reject(Object.assign(new Error('unknown'), { code: 'ENOTFOUND' }));
    return Promise.resolve(found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
  }
}

const CERTIFICATE = aCertificate('hooks.test');
let plain: HookTarget;
let secure: HookTarget;
beforeAll(async () => {
  plain = await openHookTarget();
  secure = await openHookTarget(CERTIFICATE);
});
afterEach(() => {
  for (const target of [plain, secure]) {
    target.answer = status(204);
    target.received.length = 0;
  }
});
afterAll(async () => {
  await plain.close();
  await secure.close();
});

const LISTED = {
  privateHosts: new Set(['hooks.test', 'other.test', '127.0.0.1']),
  allowHttp: true,
  timeoutMs: 2_000,
  ca: CERTIFICATE.cert,
};
const LOCAL = new Names({ 'hooks.test': [['127.0.0.1']], 'other.test': [['127.0.0.1']] });
const NOTHING_LISTED = { ...LISTED, privateHosts: new Set<string>() };
const call = (url: string, settings = LISTED, names: HostResolver = LOCAL): Promise<OutboundAnswer> =>
  new OutboundHttp(names, settings).post({ url, headers: { 'content-type': 'application/json' }, body: '{"é":1}' });

test('posts the body over TLS to the host by its name', async () => {
  const answer = await call(`https://hooks.test:${secure.port}/in?a=1`);
  expect(answer).toMatchObject({ status: 204 });
  expect(answer.durationMs).toBeGreaterThanOrEqual(0);
  expect(secure.received).toEqual([{ headers: expect.objectContaining({ host: `hooks.test:${secure.port}` }), body: '{"é":1}' }]);
});

test('refuses a certificate that is another host’s, or that no known authority signed', async () => {
  await expect(call(`https://other.test:${secure.port}/`)).resolves.toMatchObject({ status: null, cause: 'tls' });
  const { ca: _ca, ...unknown } = LISTED;
  await expect(
    new OutboundHttp(LOCAL, unknown).post({ url: `https://hooks.test:${secure.port}/`, headers: {}, body: '' }),
  ).resolves.toMatchObject({
    status: null,
    cause: 'tls',
  });
  expect(secure.received).toEqual([]);
});

test.each([
  ['an address of this machine', 'http://127.0.0.1'],
  ['the same, written as a number', 'http://2130706433'],
  ['the same, written in hexadecimal', 'http://0x7f.1'],
  ['the same, inside an IPv6 address', 'http://[::ffff:127.0.0.1]'],
  ['a name that leads to it', 'http://hooks.test'],
  ['the same with a final dot', 'http://hooks.test.'],
])('never connects to %s', async (_name, origin) => {
  const names = new Names({ 'hooks.test': [['127.0.0.1']], 'hooks.test.': [['127.0.0.1']] });
  await expect(call(`${origin}:${plain.port}/`, NOTHING_LISTED, names)).resolves.toMatchObject({ status: null, cause: 'address-refused' });
  expect(plain.received).toEqual([]);
});

test('a name with one private address among public ones is refused whole', async () => {
  const names = new Names({ 'hooks.test': [['93.184.215.14', '127.0.0.1']] });
  await expect(call(`http://hooks.test:${plain.port}/`, NOTHING_LISTED, names)).resolves.toMatchObject({ cause: 'address-refused' });
});

test('metadata is refused even to a host that is listed', async () => {
  const names = new Names({ 'hooks.test': [['169.254.169.254']] });
  await expect(call('http://hooks.test/latest', LISTED, names)).resolves.toMatchObject({ cause: 'address-refused' });
});

test('a name is asked for once: one that changes its mind is not followed', async () => {
  // Looked at: another address of this machine, where nobody listens. Rebound to the one that does.
  const names = new Names({ 'hooks.test': [['127.0.0.2'], ['127.0.0.1']] });
  await expect(call(`http://hooks.test:${plain.port}/`, LISTED, names)).resolves.toMatchObject({ status: null, cause: 'connection' });
  expect(names.asked).toEqual(['hooks.test']);
  expect(plain.received).toEqual([]);
});

test('without leave, nothing goes unencrypted', async () => {
  await expect(call(`http://hooks.test:${plain.port}/`, { ...LISTED, allowHttp: false })).resolves.toMatchObject({
    cause: 'address-refused',
  });
  expect(plain.received).toEqual([]);
});

test('a redirect is an answer, and is not followed', async () => {
  plain.answer = status(307, { location: `http://127.0.0.1:${plain.port}/elsewhere` });
  await expect(call(`http://hooks.test:${plain.port}/`)).resolves.toMatchObject({ status: 307 });
  expect(plain.received).toHaveLength(1);
});

test('gives up on a target that never answers, that answers drop by drop, and on a name that never resolves', async () => {
  plain.answer = () => undefined;
  await expect(call(`http://hooks.test:${plain.port}/`)).resolves.toMatchObject({ status: null, cause: 'timeout' });
  plain.answer = (response) => {
    response.writeHead(200);
    const drops = setInterval(() => response.write('.'), 20);
    response.on('close', () => clearInterval(drops));
  };
  await expect(call(`http://hooks.test:${plain.port}/`)).resolves.toMatchObject({ status: null, cause: 'timeout' });
  const silent = new (class extends HostResolver {
    override resolve(): Promise<readonly HostAddress[]> {
      return new Promise(() => undefined);
    }
  })();
  await expect(call('http://hooks.test/', LISTED, silent)).resolves.toMatchObject({ status: null, cause: 'timeout' });
});

test('reads four kibibytes of an endless answer, and hangs up', async () => {
  let written = 0;
  plain.answer = (response) => {
    response.writeHead(200);
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(1024))) written += 1024;
    };
    response.on('drain', more);
    more();
  };
  await expect(call(`http://hooks.test:${plain.port}/`)).resolves.toMatchObject({ status: 200 });
  expect(written).toBeGreaterThan(0);
});

test('says what went wrong', async () => {
  await expect(call('http://nowhere.test/')).resolves.toMatchObject({ status: null, cause: 'dns' });
  await expect(call('http://127.0.0.1:1/')).resolves.toMatchObject({ status: null, cause: 'connection' });
  plain.answer = (_response, request) => void request.socket.end('not HTTP at all\r\n\r\n');
  await expect(call(`http://hooks.test:${plain.port}/`)).resolves.toMatchObject({ status: null, cause: 'protocol' });
  plain.answer = (_response, request) =>
    void request.socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n');
  await expect(call(`http://hooks.test:${plain.port}/`)).resolves.toMatchObject({ status: null });
});

test('gives what a busy target asks for', async () => {
  plain.answer = status(503, { 'retry-after': '120' });
  await expect(call(`http://hooks.test:${plain.port}/`)).resolves.toMatchObject({ status: 503, retryAfter: '120' });
});
