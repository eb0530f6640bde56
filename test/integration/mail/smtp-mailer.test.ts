import { MailPermanentlyRefused, MailTemporarilyRefused, type OutgoingMail } from '../../../src/platform/mail/mailer.js';
import { SmtpMailer } from '../../../src/platform/mail/smtp-mailer.js';
import { openSmtpSink, reply, type SmtpSink } from './smtp-sink.js';
import type { SMTPServerOptions } from 'smtp-server';

const aMail = (over: Partial<OutgoingMail> = {}): OutgoingMail => ({
  to: 'association@demo.test',
  toName: 'Zoé Lefèvre',
  subject: 'Récépissé : « Été à l’île » — 1 500 €',
  html: '<p>Votre dossier est reçu à l’heure.</p>',
  text: 'Votre dossier est reçu à l’heure : 1 500 €.',
  messageId: '<receipt.0190@bievre.test>',
  ...over,
});

let sink: SmtpSink;
let mailer: SmtpMailer;

async function open(over: Partial<SMTPServerOptions> = {}): Promise<void> {
  sink = await openSmtpSink(over);
  mailer = new SmtpMailer({ url: sink.url, from: 'Bièvre <ne-pas-repondre@bievre.test>', timeoutMs: 2_000 });
}

afterEach(async () => {
  await mailer.close();
  await sink.close();
});

test('delivers both twins, accents and the message id as they are', async () => {
  await open();
  const receipt = await mailer.send(aMail());
  expect(receipt.accepted).toBe(true);
  expect(receipt.response).toMatch(/^250 /);
  const [mail] = sink.received;
  expect(mail?.subject).toBe('Récépissé : « Été à l’île » — 1 500 €');
  expect(mail?.text?.trim()).toBe('Votre dossier est reçu à l’heure : 1 500 €.');
  expect(mail?.html).toContain('reçu à l’heure');
  expect(mail?.messageId).toBe('<receipt.0190@bievre.test>');
  expect(mail?.from?.value).toEqual([{ name: 'Bièvre', address: 'ne-pas-repondre@bievre.test' }]);
  expect(mail?.to).toMatchObject({ value: [{ name: 'Zoé Lefèvre', address: 'association@demo.test' }] });
  expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
});

test('sends many at once over its few connections', async () => {
  await open();
  await Promise.all(Array.from({ length: 40 }, (_, index) => mailer.send(aMail({ messageId: `<m${index}@bievre.test>` }))));
  expect(new Set(sink.received.map((mail) => mail.messageId)).size).toBe(40);
});

test('a server that is down is a temporary refusal, and heals', async () => {
  await open();
  const { port } = sink;
  await sink.close();
  await expect(mailer.send(aMail())).rejects.toThrow(MailTemporarilyRefused);
  sink = await openSmtpSink({}, port);
  await mailer.send(aMail());
  expect(sink.received).toHaveLength(1);
});

test('a server that never answers is a temporary refusal', async () => {
  await open({ onConnect: () => undefined });
  await mailer.close();
  mailer = new SmtpMailer({ url: sink.url, from: 'a@bievre.test', timeoutMs: 200 });
  await expect(mailer.send(aMail())).rejects.toThrow(MailTemporarilyRefused);
});

test.each<[string, typeof MailTemporarilyRefused | typeof MailPermanentlyRefused, Partial<SMTPServerOptions>]>([
  [
    '550 for the recipient',
    MailPermanentlyRefused,
    {
      onRcptTo: (_address, _session, done) => {
        done(reply(550, 'No such mailbox'));
      },
    },
  ],
  [
    '450 for the recipient',
    MailTemporarilyRefused,
    {
      onRcptTo: (_address, _session, done) => {
        done(reply(450, 'Greylisted'));
      },
    },
  ],
  [
    '550 for our own sender',
    MailTemporarilyRefused,
    {
      onMailFrom: (_address, _session, done) => {
        done(reply(550, 'Sender unknown'));
      },
    },
  ],
  [
    '554 for the message',
    MailPermanentlyRefused,
    {
      onData: (stream, _session, done) =>
        void stream.resume().on('end', () => {
          done(reply(554, 'Refused content'));
        }),
    },
  ],
  [
    '451 for the message',
    MailTemporarilyRefused,
    {
      onData: (stream, _session, done) =>
        void stream.resume().on('end', () => {
          done(reply(451, 'Try later'));
        }),
    },
  ],
])('%s is a %p', async (_what, kind, over) => {
  await open(over);
  await expect(mailer.send(aMail())).rejects.toThrow(kind);
});

test('a subject or a name cannot add a header or a recipient', async () => {
  await open();
  await mailer.send(aMail({ subject: 'Oui\r\nBcc: vole@exemple.test\r\n\r\nCorps', toName: 'Zoé" <vole@exemple.test>,\r\nX-Vole: 1' }));
  const [mail] = sink.received;
  expect(mail?.headers.has('bcc')).toBe(false);
  expect(mail?.headers.has('x-vole')).toBe(false);
  expect(mail?.subject).toBe('Oui Bcc: vole@exemple.test Corps');
  expect(mail?.to).toMatchObject({ value: [{ address: 'association@demo.test' }] });
});

test.each<[string, Partial<OutgoingMail>]>([
  ['two recipients', { to: 'a@demo.test, vole@exemple.test' }],
  ['a recipient with a line break', { to: 'a@demo.test\r\nBcc: vole@exemple.test' }],
  ['a named recipient', { to: 'A <a@demo.test>' }],
  ['a message id with a line break', { messageId: '<a@b>\r\nBcc: vole@exemple.test' }],
  ['a header value with a line break', { headers: { 'X-Kind': 'a\r\nBcc: vole@exemple.test' } }],
  ['a header name with a line break', { headers: { 'X-Kind: a\r\nBcc': 'vole@exemple.test' } }],
])('refuses %s for good', async (_what, over) => {
  await open();
  await expect(mailer.send(aMail(over))).rejects.toThrow(MailPermanentlyRefused);
  expect(sink.received).toHaveLength(0);
});
