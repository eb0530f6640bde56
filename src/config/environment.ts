import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const url = (protocols: readonly string[]) =>
  z
    .string()
    .refine(
      (value) => protocols.some((protocol) => value.startsWith(`${protocol}://`)),
      `doit commencer par ${protocols.join(':// ou ')}://`,
    );

const wholeNumber = (min: number, max: number) => {
  const error = `doit être un nombre entier de ${min} à ${max}`;
  return z.coerce.number({ error }).int(error).min(min, error).max(max, error);
};

const schema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  HOST: z.string().min(1).optional(),
  PORT: wholeNumber(0, 65_535).default(3000),
  PUBLIC_URL: url(['http', 'https']).optional(),
  DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_URL: url(['postgres', 'postgresql']).optional(),
  DATABASE_POOL_SIZE: wholeNumber(2, 200).default(20),
  REDIS_URL: url(['redis', 'rediss']).optional(),
  SMTP_URL: url(['smtp', 'smtps']).optional(),
  MAIL_FROM: z.string().min(3).default('Bièvre <ne-pas-repondre@bievre.invalid>'),
  MAIL_BOUNCE_ADDRESS: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,30}@[A-Za-z0-9.-]{1,200}$/, 'doit être une adresse, comme retours@exemple.fr')
    .optional(),
  MAIL_GROUPING_SECONDS: wholeNumber(0, 300).default(5),
  TOKEN_SECRET: z.string().min(32, 'doit avoir au moins 32 caractères').optional(),
  DEMO_PASSWORD: z.string().min(12, 'doit avoir au moins 12 caractères').optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  RATE_LIMIT_PER_MINUTE: wholeNumber(1, 1_000_000_000).optional(),
  TRUST_PROXY: z.enum(['true', 'false']).default('false'),
  FILES_S3_BUCKET: z.string().min(3).max(63).optional(),
  FILES_S3_ENDPOINT: url(['http', 'https']).optional(),
  FILES_S3_REGION: z.string().min(1).default('us-east-1'),
  WEBHOOK_ALLOW_HTTP: z.enum(['true', 'false'], { error: 'vaut true ou false' }).default('false'),
  WEBHOOK_PRIVATE_HOSTS: z.string().max(10_000).default(''),
});

/** What is told to the systems of others. */
export interface WebhookSettings {
  /** Unencrypted targets, for trying things out: never in production. */
  readonly allowHttp: boolean;
  /** Hosts of one's own network that may be told too: names, or addresses without brackets. Everything private is refused but these. */
  readonly privateHosts: ReadonlySet<string>;
}

/** Where uploaded files go when they don't stay under the data folder. Credentials come by the SDK's usual variables (AWS_ACCESS_KEY_ID …). */
export interface S3Settings {
  readonly bucket: string;
  /** Of another provider than Amazon. */
  readonly endpoint: string | undefined;
  readonly region: string;
}

/** The settings of one process, read once at boot. */
export interface Environment {
  readonly production: boolean;
  /** No DATABASE_URL: PostgreSQL, queue and mail are kept under the data folder, and the demo year is loaded. */
  readonly embedded: boolean;
  readonly host: string;
  readonly port: number;
  /** Where people reach the service: the base of links in mail. */
  readonly publicUrl: string;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly databasePoolSize: number;
  readonly redisUrl: string | undefined;
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string;
  /** Where servers report mail that they could not deliver; takes `name+anything@`. */
  readonly mailBounceAddress: string | undefined;
  /** How long messages of one kind to one person wait for each other; 0: each leaves at once. */
  readonly mailGroupingSeconds: number;
  readonly demoPassword: string | undefined;
  readonly logLevel: string;
  readonly rateLimitPerMinute: number;
  readonly trustProxy: boolean;
  /** Undefined: uploaded files are kept under the data folder, which every process must then share. */
  readonly filesS3: S3Settings | undefined;
  readonly webhooks: WebhookSettings;
  /** Keys derived from TOKEN_SECRET, one a purpose, so that no key serves two ends. */
  readonly secretFor: (purpose: 'access-token' | 'one-time-token' | 'cursor' | 'file-link' | 'sealed-secrets' | 'queue-board') => Buffer;
}

/** A variable is wrong or missing; the message names it. */
export class WrongEnvironment extends Error {
  override readonly name = 'WrongEnvironment';
}

/** Reads and checks the settings. @throws WrongEnvironment with one sentence a line, each naming its variable */
export function readEnvironment(source: NodeJS.ProcessEnv = process.env): Environment {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success)
    throw new WrongEnvironment(parsed.error.issues.map((issue) => `${issue.path.join('.')} : ${issue.message}`).join('\n'));
  const env = parsed.data;
  const production = env.NODE_ENV === 'production';
  const embedded = env.DATABASE_URL === undefined;
  if (production) {
    const missing = (['DATABASE_URL', 'SMTP_URL', 'TOKEN_SECRET', 'PUBLIC_URL'] as const).filter((name) => env[name] === undefined);
    if (missing.length > 0)
      throw new WrongEnvironment(missing.map((name) => `${name} : obligatoire quand NODE_ENV=production.`).join('\n'));
    if (env.WEBHOOK_ALLOW_HTTP === 'true') throw new WrongEnvironment('WEBHOOK_ALLOW_HTTP : impossible quand NODE_ENV=production.');
  }
  const dataDir = resolve(env.DATA_DIR);
  const secret = env.TOKEN_SECRET ?? keptSecret(dataDir);
  return {
    production,
    embedded,
    host: embedded ? '127.0.0.1' : (env.HOST ?? '0.0.0.0'),
    port: env.PORT,
    publicUrl: (env.PUBLIC_URL ?? `http://127.0.0.1:${env.PORT}`).replace(/\/$/, ''),
    dataDir,
    databaseUrl: env.DATABASE_URL,
    databasePoolSize: env.DATABASE_POOL_SIZE,
    redisUrl: env.REDIS_URL,
    smtpUrl: env.SMTP_URL,
    mailFrom: env.MAIL_FROM,
    mailBounceAddress: env.MAIL_BOUNCE_ADDRESS,
    mailGroupingSeconds: env.MAIL_GROUPING_SECONDS,
    demoPassword: env.DEMO_PASSWORD,
    logLevel: env.LOG_LEVEL,
    // On one's own machine the only caller is oneself, trying things fast.
    rateLimitPerMinute: env.RATE_LIMIT_PER_MINUTE ?? (production ? 600 : 20_000),
    trustProxy: env.TRUST_PROXY === 'true',
    filesS3:
      env.FILES_S3_BUCKET === undefined
        ? undefined
        : { bucket: env.FILES_S3_BUCKET, endpoint: env.FILES_S3_ENDPOINT, region: env.FILES_S3_REGION },
    webhooks: { allowHttp: env.WEBHOOK_ALLOW_HTTP === 'true', privateHosts: hostsOf(env.WEBHOOK_PRIVATE_HOSTS) },
    secretFor: (purpose) => createHmac('sha256', secret).update(purpose).digest(),
  };
}

/** Separated by commas or spaces. */
function hostsOf(list: string): ReadonlySet<string> {
  return new Set(
    list
      .toLowerCase()
      .split(/[\s,]+/)
      .filter((host) => host !== ''),
  );
}

/** Outside production the secret may be missing: one is made and kept beside the data, so that sessions outlive a restart. */
function keptSecret(dataDir: string): string {
  const file = join(dataDir, 'token-secret');
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    writeFileSync(file, randomBytes(48).toString('base64url'), { mode: 0o600 });
  }
  return readFileSync(file, 'utf8');
}
