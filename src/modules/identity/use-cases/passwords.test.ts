import { Passwords } from './passwords.js';

const passwords = new Passwords();

test('a password is the one that was hashed, to the letter', async () => {
  const stored = await passwords.hash(' Éphémère 12 ');
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await passwords.verify(stored, ' Éphémère 12 ')).toBe(true);
  expect(await passwords.verify(stored, 'Éphémère 12')).toBe(false);
  expect(await passwords.verify(stored, ' Éphémère 12 '.normalize('NFD'))).toBe(false);
});

test('no password opens an account that has none', async () => {
  expect(await passwords.verify(null, '')).toBe(false);
  expect(await passwords.verify(null, 'un mot de passe quelconque')).toBe(false);
});
