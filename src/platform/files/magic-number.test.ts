import { DOCX, FILE_PURPOSES, ODT, PURPOSE_RULES, XLSX } from './file-purpose.js';
import { isOfType } from './magic-number.js';

const OPEN_DOCUMENT = Buffer.alloc(128);
OPEN_DOCUMENT.write('PK\u0003\u0004', 0, 'latin1');
OPEN_DOCUMENT.writeUInt32LE(ODT.length, 22);
OPEN_DOCUMENT.write(`mimetype${ODT}`, 30, 'latin1');

const BEGINNINGS: Readonly<Record<string, Buffer>> = {
  'application/pdf': Buffer.from('%PDF-1.7\n'),
  'image/jpeg': Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
  'image/png': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  'application/msword': Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
  [ODT]: OPEN_DOCUMENT,
  [DOCX]: Buffer.from('PK\u0003\u0004rest of a zip', 'latin1'),
  [XLSX]: Buffer.from('PK\u0003\u0004rest of a zip', 'latin1'),
};

test.each(Object.keys(BEGINNINGS))('%s is known by its beginning, and by no other', (type) => {
  const accepted = Object.entries(BEGINNINGS).filter(([, head]) => isOfType(type, head));
  expect(accepted.map(([name]) => name)).toEqual([DOCX, XLSX].includes(type) ? [DOCX, XLSX] : [type]);
});

test('nothing is of a type that nobody described, nor of any type when it is a page or a program', () => {
  expect(isOfType('text/html', Buffer.from('<html>'))).toBe(false);
  for (const head of ['<html>', 'MZ\u0090', '', '#!/bin/sh', ' %PDF-1.7'])
    for (const type of Object.keys(BEGINNINGS)) expect(isOfType(type, Buffer.from(head, 'latin1'))).toBe(false);
});

test('every type that some purpose accepts is known', () => {
  for (const purpose of FILE_PURPOSES)
    for (const type of PURPOSE_RULES[purpose].mediaTypes) expect(Object.keys(BEGINNINGS)).toContain(type);
});
