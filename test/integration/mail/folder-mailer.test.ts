import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { Clock } from '../../../src/kernel/clock.js';
import { FolderMailer } from '../../../src/platform/mail/folder-mailer.js';
import type { OutgoingMail } from '../../../src/platform/mail/mailer.js';

/** One second later at each reading. */
class TickingClock extends Clock {
  private instant = Date.parse('2027-01-15T09:30:00Z');

  now(): Date {
    this.instant += 1_000;
    return new Date(this.instant);
  }
}

const aMail = (over: Partial<OutgoingMail> = {}): OutgoingMail => ({
  to: 'association@demo.test',
  toName: 'Zoé Lefèvre',
  subject: 'Récépissé de l’été',
  html: '<p>Reçu à l’heure.</p>',
  text: 'Reçu à l’heure.',
  messageId: '<receipt.1@bievre.test>',
  ...over,
});

let parent: string;
let folder: string;
let mailer: FolderMailer;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'bievre-mail-'));
  folder = join(parent, 'mail');
  mailer = new FolderMailer({ folder, from: 'Bièvre <ne-pas-repondre@bievre.test>' }, new TickingClock());
});

afterEach(async () => {
  await mailer.close();
  await rm(parent, { recursive: true });
});

test('is empty before the first message', async () => {
  expect(await mailer.list()).toEqual([]);
});

test('keeps a message that a mail reader opens', async () => {
  await mailer.send(aMail());
  const [kept] = await mailer.list();
  const mail = await simpleParser(await readFile(join(folder, `${kept?.id ?? ''}.eml`)));
  expect(mail.subject).toBe('Récépissé de l’été');
  expect(mail.text?.trim()).toBe('Reçu à l’heure.');
  expect(mail.html).toContain('Reçu à l’heure.');
  expect(mail.messageId).toBe('<receipt.1@bievre.test>');
  expect(mail.date).toEqual(new Date('2027-01-15T09:30:01Z'));
});

test('lists the newest first, as it was sent', async () => {
  await mailer.send(aMail({ messageId: '<receipt.1@bievre.test>', subject: 'Un' }));
  await mailer.send(aMail({ messageId: '<receipt.2@bievre.test>', subject: 'Deux' }));
  await mailer.send(aMail({ messageId: '<receipt.3@bievre.test>', subject: 'Trois' }));
  const mails = await mailer.list();
  expect(mails.map((mail) => mail.subject)).toEqual(['Trois', 'Deux', 'Un']);
  expect(mails[2]?.id).toMatch(/^[0-9a-f]{32}$/);
  expect(mails[2]).toEqual({
    id: mails[2]?.id,
    messageId: '<receipt.1@bievre.test>',
    to: 'association@demo.test',
    subject: 'Un',
    date: '2027-01-15T09:30:01.000Z',
    text: 'Reçu à l’heure.',
    html: '<p>Reçu à l’heure.</p>',
  });
});

test('the same message id, even at once, is one message', async () => {
  await Promise.all(Array.from({ length: 20 }, () => mailer.send(aMail())));
  expect(await mailer.list()).toHaveLength(1);
  // Nothing half-written stays behind.
  expect((await readdir(folder)).sort().map((name) => name.replace(/^[0-9a-f]{32}/, 'id'))).toEqual(['id.eml', 'id.json']);
});
