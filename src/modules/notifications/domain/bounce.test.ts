import { failureIn } from './bounce.js';
import { mailIdOf, messageIdOf } from './delivery.js';
import { replyCodes } from './smtp-reply.js';

const report = (action: string, status: string | null = null) => ({ action, status, diagnostic: '' });

test.each([
  ['failed', '5.1.1', 'hard'],
  ['failed', null, 'hard'],
  ['Failed', '5.7.1', 'hard'],
  ['failed', '4.4.7', 'soft'],
  ['delayed', '4.4.1', 'delay'],
])('%s %s is %s', (action, status, severity) => {
  expect(failureIn([report(action, status)])).toEqual({ severity, status, diagnostic: '' });
});

test.each(['delivered', 'relayed', 'expanded', 'whatever', ''])('%s is no failure', (action) => {
  expect(failureIn([report(action, '2.1.5')])).toBeNull();
});

test('the worst counts', () => {
  const reports = [report('delivered', '2.0.0'), report('delayed', '4.4.1'), report('failed', '5.1.1'), report('failed', '4.4.7')];
  expect(failureIn(reports)?.status).toBe('5.1.1');
  expect(failureIn([])).toBeNull();
});

test.each([
  ['250 2.0.0 Ok: queued as 4Xyz', 250, '2.0.0'],
  ['550-5.1.1 <a@b> unknown\n550 5.1.1 gone', 550, '5.1.1'],
  ['451 Try again later', 451, null],
  ['250 OK', 250, null],
  ['connect ECONNREFUSED 127.0.0.1:25', null, null],
  ['550 5.1.1.9 x', 550, null],
  ['', null, null],
])('%j', (reply, code, status) => {
  expect(replyCodes(reply)).toEqual({ code, status });
});

test('a Message-ID of ours tells the mail, one of others nothing', () => {
  const id = '019a0000-0000-7000-8000-000000000001';
  const url = 'https://bievre.example/x';
  expect(mailIdOf(messageIdOf(id, url), url)).toBe(id);
  for (const other of [`<${id}@elsewhere.example>`, `<x@bievre.example>`, `${id}@bievre.example`, ''])
    expect(mailIdOf(other, url)).toBeNull();
});
