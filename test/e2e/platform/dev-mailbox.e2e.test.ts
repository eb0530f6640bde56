import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import supertest from 'supertest';
import { createApi, prepareGround } from '../../../src/boot.js';
import { readEnvironment } from '../../../src/config/environment.js';
import { FolderMailer } from '../../../src/platform/mail/folder-mailer.js';
import { Mailer } from '../../../src/platform/mail/mailer.js';
import { SmtpMailer } from '../../../src/platform/mail/smtp-mailer.js';
import { openApiDocument } from '../../../src/platform/http/openapi.js';
import { cloneDatabase, type ClonedDatabase } from '../../setup/database.js';

let database: ClonedDatabase;
let dataDir: string;
let app: NestFastifyApplication;

/** The application as `npm start` makes it without any setting, but on the tests' server. */
async function start(settings: Record<string, string> = {}): Promise<ReturnType<typeof supertest>> {
  const environment = readEnvironment({
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    TOKEN_SECRET: 'a secret that is long enough for tests',
    ...settings,
  });
  app = await createApi(await prepareGround(environment, database.url), false);
  await app.init();
  await app.listen({ port: 0, host: '127.0.0.1' });
  return supertest(await app.getUrl());
}

beforeEach(async () => {
  database = await cloneDatabase();
  dataDir = mkdtempSync(join(tmpdir(), 'bievre-test-'));
});
afterEach(async () => {
  await app.close();
  await database.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

const mail = (to: string, subject: string, id: string) => ({
  to,
  toName: 'Claude',
  subject,
  text: `Texte : ${subject}`,
  html: `<!doctype html><p>${subject}</p>`,
  messageId: `<${id}@bievre.test>`,
});

describe('in embedded mode without a mail server', () => {
  test('lists kept mail, newest first, as JSON or as a page, and shows one', async () => {
    const http = await start();
    const mailer = app.get(Mailer);
    expect(mailer).toBeInstanceOf(FolderMailer);
    expect((await http.get('/dev/mailbox').expect(200)).body).toEqual([]);
    await mailer.send(mail('a@exemple.test', 'Un', '1'));
    await mailer.send(mail('b@exemple.test', 'Deux <b>', '2'));

    const { body } = await http.get('/dev/mailbox').expect(200).expect('content-type', /json/);
    const listed = body as { id: string; to: string; subject: string }[];
    expect(listed.map(({ subject }) => subject)).toEqual(['Deux <b>', 'Un']);
    expect(Object.keys(listed[0] ?? {}).sort()).toEqual(['date', 'html', 'id', 'subject', 'text', 'to']);
    expect((await http.get('/dev/mailbox?to=A@exemple.test').expect(200)).body).toMatchObject([{ subject: 'Un', text: 'Texte : Un' }]);

    const page = await http.get('/dev/mailbox').set('Accept', 'text/html').expect(200).expect('content-type', /html/);
    expect(page.text).toContain('Deux &lt;b&gt;');
    expect(page.text).toContain(`href="/dev/mailbox/${listed[0]?.id ?? ''}"`);

    const shown = await http
      .get(`/dev/mailbox/${listed[1]?.id ?? ''}`)
      .expect(200)
      .expect('content-type', /html/);
    expect(shown.text).toBe('<!doctype html><p>Un</p>');
    expect(shown.headers['content-security-policy']).toMatch(/default-src 'none'.*style-src 'unsafe-inline'/);
    expect((await http.get('/dev/mailbox/unknown').expect(404)).body).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('is no part of the contract', async () => {
    await start();
    expect(Object.keys(openApiDocument(app).paths).filter((path) => path.includes('mailbox'))).toEqual([]);
  });
});

test.each([
  ['beside a mail server', { SMTP_URL: 'smtp://127.0.0.1:9' }, SmtpMailer],
  ['on a database of its own', { DATABASE_URL: 'postgres://127.0.0.1/elsewhere' }, FolderMailer],
  [
    'in production',
    {
      NODE_ENV: 'production',
      DATABASE_URL: 'postgres://127.0.0.1/elsewhere',
      SMTP_URL: 'smtp://127.0.0.1:9',
      PUBLIC_URL: 'https://bievre.test',
    },
    SmtpMailer,
  ],
])('does not exist %s', async (_where, settings, mailer) => {
  const http = await start(settings);
  expect(app.get(Mailer)).toBeInstanceOf(mailer);
  await http.get('/dev/mailbox').expect(404);
});
