import { readDeliveryReport } from '../../../src/platform/mail/delivery-report.js';
import { aReport } from './a-report.js';

const read = (raw: string) => readDeliveryReport(Buffer.from(raw, 'utf8'));
const ID = '<019a0000-0000-7000-8000-000000000001@bievre.test>';

test('a report as Postfix writes them', async () => {
  expect(await read(aReport({ messageId: ID }))).toEqual({
    messageIds: [ID],
    tags: [],
    recipients: [
      { action: 'failed', status: '5.1.1', diagnostic: '550 5.1.1 <absent@exemple.test>: Recipient address rejected: User unknown' },
    ],
  });
});

test('one that returns the headers alone, to our return path, in base64', async () => {
  const report = aReport({
    to: 'retours+019a0000000070008000000000000001@bievre.test',
    messageId: ID,
    returned: 'text/rfc822-headers',
    encoding: 'base64',
    action: 'delayed',
    status: '4.4.1',
  });
  expect(await read(report)).toMatchObject({
    messageIds: [ID],
    tags: ['019a0000000070008000000000000001'],
    recipients: [{ action: 'delayed', status: '4.4.1' }],
  });
});

test('one that returns nothing', async () => {
  expect(await read(aReport({ messageId: null }))).toMatchObject({ messageIds: [], recipients: [{ status: '5.1.1' }] });
});

test('folded, in other letters, with line feeds alone', async () => {
  const report = aReport({ messageId: ID })
    .replaceAll('\r\n', '\n')
    .replace('Action: failed', 'ACTION:\n   Failed')
    .replace('Status: 5.1.1', 'sTATUS:  5.1.1 (bad destination)');
  expect(await read(report)).toMatchObject({ recipients: [{ action: 'failed', status: '5.1.1' }] });
});

test.each([
  ['nothing', ''],
  ['a letter', 'From: a@b.test\r\nTo: c@d.test\r\nSubject: Bonjour\r\n\r\nMerci !\r\n'],
  ['an absence', 'From: a@b.test\r\nAuto-Submitted: auto-replied\r\nSubject: Absent\r\n\r\nDe retour lundi.\r\n'],
  ['no text at all', '\u0000\u0001\u0002'.repeat(1000)],
  ['a head without end', `Subject: ${'x'.repeat(500_000)}`],
  ['more heads than one reads', `${'X-A: b\r\n'.repeat(100_000)}\r\n`],
  ['a multipart without parts', 'Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n'],
])('%s is no report', async (_what, raw) => {
  expect(await read(raw)).toBeNull();
});

test('parts in parts in parts are not followed for ever', async () => {
  let nested = 'Content-Type: text/plain\r\n\r\nx';
  for (let depth = 0; depth < 2_000; depth++) {
    nested = `Content-Type: multipart/mixed; boundary=b${depth}\r\n\r\n--b${depth}\r\n${nested}\r\n--b${depth}--`;
  }
  const begun = Date.now();
  expect(await read(nested)).toBeNull();
  expect(Date.now() - begun).toBeLessThan(5_000);
});

test('a thousand parts are no report', async () => {
  const parts = '--x\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\n\r\n'.repeat(1_000);
  expect(await read(`Content-Type: multipart/report; boundary=x\r\n\r\n${parts}--x--`)).toBeNull();
});

test('of many recipients a hundred are read, and what each says is cut', async () => {
  const one = (words: number) =>
    `\r\nFinal-Recipient: rfc822; a@b.test\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; ${'z'.repeat(words)}\r\n`;
  expect((await read(aReport({ messageId: ID, more: one(10).repeat(400) })))?.recipients).toHaveLength(100);
  expect((await read(aReport({ messageId: ID, more: one(50_000) })))?.recipients[1]?.diagnostic).toHaveLength(2_000);
});

test('what is malformed in it is left out', async () => {
  const broken = aReport({ messageId: '<not one', status: '5.1.1.1.1; DROP TABLE', action: 'failed' });
  expect(await read(broken)).toMatchObject({ messageIds: [], recipients: [{ action: 'failed', status: null }] });
  expect(await read(aReport({ messageId: ID, action: 'fa iled<script>' }))).toMatchObject({ recipients: [] });
  expect(await read(aReport({ messageId: ID, encoding: 'x-unknown' }))).not.toBeUndefined();
});
