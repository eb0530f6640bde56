import { SealedSecrets, Unsealable } from './sealed-secrets.js';

const secrets = new SealedSecrets(Buffer.alloc(32, 1));
const plain = Buffer.from('à garder');

test('opens what it sealed, and never writes it twice alike', () => {
  const sealed = secrets.seal(plain, 'row/1');
  expect(secrets.open(sealed, 'row/1')).toEqual(plain);
  expect(secrets.seal(plain, 'row/1')).not.toEqual(sealed);
  expect(sealed.includes(plain)).toBe(false);
});

test('does not open under another key, for another object, changed or cut', () => {
  const sealed = secrets.seal(plain, 'row/1');
  const changed = Buffer.from(sealed);
  changed.writeUInt8(changed.readUInt8(changed.length - 1) ^ 1, changed.length - 1);
  const other = new SealedSecrets(Buffer.alloc(32, 2));
  for (const open of [
    () => other.open(sealed, 'row/1'),
    () => secrets.open(sealed, 'row/2'),
    () => secrets.open(changed, 'row/1'),
    () => secrets.open(sealed.subarray(0, -1), 'row/1'),
    () => secrets.open(sealed.subarray(0, 20), 'row/1'),
    () => secrets.open(Buffer.concat([Buffer.of(2), sealed.subarray(1)]), 'row/1'),
    () => secrets.open(Buffer.alloc(0), 'row/1'),
  ])
    expect(open).toThrow(Unsealable);
});
