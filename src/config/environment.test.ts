import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnvironment, WrongEnvironment } from './environment.js';

const PRODUCTION = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://db/bievre',
  SMTP_URL: 'smtp://mail',
  TOKEN_SECRET: 'x'.repeat(32),
  PUBLIC_URL: 'https://bievre.example',
};

test.each([
  ['PORT', 'abc'],
  ['PORT', '70000'],
  ['DATABASE_URL', 'mysql://db'],
  ['REDIS_URL', 'localhost:6379'],
  ['SMTP_URL', 'mail'],
  ['MAIL_BOUNCE_ADDRESS', 'retours+1@exemple.fr'],
  ['MAIL_GROUPING_SECONDS', '-1'],
  ['TOKEN_SECRET', 'short'],
  ['LOG_LEVEL', 'loud'],
  ['DATABASE_POOL_SIZE', '1'],
  ['WEBHOOK_ALLOW_HTTP', 'yes'],
  ['WEBHOOK_ALLOW_HTTP', 'true'],
])('a wrong %s stops the boot with a sentence that names it', (name, value) => {
  expect(() => readEnvironment({ ...PRODUCTION, [name]: value })).toThrow(WrongEnvironment);
  expect(() => readEnvironment({ ...PRODUCTION, [name]: value })).toThrow(new RegExp(`^${name} : `));
});

test.each(['DATABASE_URL', 'SMTP_URL', 'TOKEN_SECRET', 'PUBLIC_URL'])('production does not boot without %s', (name) => {
  const { [name as keyof typeof PRODUCTION]: _left, ...rest } = PRODUCTION;
  expect(() => readEnvironment(rest)).toThrow(new RegExp(`^${name} : obligatoire`));
});

test('several faults are all named', () => {
  expect(() => readEnvironment({ ...PRODUCTION, PORT: 'x', LOG_LEVEL: 'y' })).toThrow(/PORT.*\n.*LOG_LEVEL/);
});

test('an empty variable is one that is not set', () => {
  expect(readEnvironment({ ...PRODUCTION, REDIS_URL: '' }).redisUrl).toBeUndefined();
});

test('webhooks go out encrypted, and to no private host, unless the configuration names it', () => {
  expect(readEnvironment(PRODUCTION).webhooks).toEqual({ allowHttp: false, privateHosts: new Set() });
  const given = { WEBHOOK_ALLOW_HTTP: 'true', WEBHOOK_PRIVATE_HOSTS: ' SI.local, 10.0.0.7\tfd00::7 ' };
  expect(readEnvironment({ ...PRODUCTION, ...given, NODE_ENV: 'test' }).webhooks).toEqual({
    allowHttp: true,
    privateHosts: new Set(['si.local', '10.0.0.7', 'fd00::7']),
  });
});

test('keys differ by purpose, so that none serves two ends', () => {
  const { secretFor } = readEnvironment(PRODUCTION);
  expect(secretFor('cursor')).not.toEqual(secretFor('access-token'));
});

test('outside production the secret is made once and kept', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'bievre-environment-'));
  try {
    const first = readEnvironment({ DATA_DIR: dataDir });
    expect(first).toMatchObject({ embedded: true, host: '127.0.0.1', production: false });
    expect(readEnvironment({ DATA_DIR: dataDir }).secretFor('cursor')).toEqual(first.secretFor('cursor'));
  } finally {
    rmSync(dataDir, { recursive: true });
  }
});
