import { attachmentNamed, safeFileName } from './file-name.js';

test.each([
  ['Convention signée.pdf', 'Convention signée.pdf'],
  ['../../etc/passwd', 'etc passwd'],
  ['C:\\Users\\a\\b.pdf', 'C Users a b.pdf'],
  ['.htaccess', 'htaccess'],
  ['a\u0000b\r\nc.pdf', 'a b c.pdf'],
  ['facture\u202efdp.exe', 'facture fdp.exe'],
  ['e\u0301te\u0301.pdf', 'été.pdf'],
  ['  fin. ', 'fin'],
])('%j is kept as %j', (given, kept) => {
  expect(safeFileName(given)).toBe(kept);
});

test.each(['', '...', '/\\', '\u0000', ' . '])('%j names nothing', (given) => {
  expect(safeFileName(given)).toBeNull();
});

test('a long name is cut before its extension', () => {
  const kept = safeFileName(`${'é'.repeat(400)}.xlsx`)!;
  expect([...kept]).toHaveLength(150);
  expect(kept).toMatch(/é\.xlsx$/);
});

test('a download is named in ASCII and in UTF-8, and breaks out of neither', () => {
  expect(attachmentNamed('Été "l’an" 50%.pdf')).toBe(
    `attachment; filename="Ete _l_an_ 50_.pdf"; filename*=UTF-8''%C3%89t%C3%A9%20%22l%E2%80%99an%22%2050%25.pdf`,
  );
  expect(attachmentNamed("a'(b)*.pdf")).toContain(`filename*=UTF-8''a%27%28b%29%2A.pdf`);
});
