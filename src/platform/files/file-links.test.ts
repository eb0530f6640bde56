import { FileLinks } from './file-links.js';
import { LinkExpired } from './file.errors.js';

const FILE = '01890000-0000-7000-8000-000000000001';
const ISSUED = new Date('2027-03-01T10:00:00Z');
const links = new FileLinks(Buffer.alloc(32, 1));

const opensAt = (instant: string) => (): void => {
  const query = new URL(links.to(FILE, ISSUED).path, 'http://bievre.test').searchParams;
  links.assertValid(FILE, Number(query.get('expires')), query.get('signature') ?? '', new Date(instant));
};

test('a link opens to the last millisecond of its five minutes', () => {
  expect(opensAt('2027-03-01T10:04:59.999Z')).not.toThrow();
});

test('and not at the instant that it says it ends', () => {
  expect(links.to(FILE, ISSUED).expiresAt).toEqual(new Date('2027-03-01T10:05:00Z'));
  expect(opensAt('2027-03-01T10:05:00Z')).toThrow(LinkExpired);
});
