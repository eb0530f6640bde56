import { readFileSync } from 'node:fs';
import { CLOCKED } from '../domain/clocked.js';
import { CATALOGUE, mailsOf, NOTIFIED_EVENTS } from '../domain/catalogue.js';
import { catalogueDocument } from './catalogue-document.js';
import { MAIL_KINDS } from '../domain/kinds.js';

const FILE = new URL('../CATALOGUE.md', import.meta.url);

/** `npm run build && npm run catalogue` writes it: read the difference, commit it. */
test('the printed catalogue is the code’s', () => {
  expect(readFileSync(FILE, 'utf8')).toBe(catalogueDocument());
});

test('every message has one place in it, and none is promised that nobody words', () => {
  const told = NOTIFIED_EVENTS.flatMap((event) => mailsOf(CATALOGUE[event]));
  expect([...told, ...CLOCKED.map(({ mail }) => mail)].sort()).toEqual([...MAIL_KINDS].sort());
});
