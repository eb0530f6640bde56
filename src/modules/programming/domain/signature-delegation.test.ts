import { cents } from '../../../kernel/money.js';
import { DelegationEndsBeforeStart, DelegationEndsInPast, DelegationNotShortened } from './programming.errors.js';
import { endEarly, type SignatureDelegation } from './signature-delegation.js';

const aDelegation = (over: Partial<SignatureDelegation> = {}): SignatureDelegation => ({
  id: 'd',
  userId: 'u',
  userName: 'Dominique',
  funderId: 'f',
  funderCode: 'P147-94',
  sectorCode: null,
  ceilingCents: cents(1),
  validFrom: '2027-01-01',
  validUntil: '2027-12-31',
  reference: 'Arrêté 1',
  grantedBy: 'p',
  grantedAt: new Date(0),
  endReason: null,
  version: 1,
  ...over,
});
const end = (endsOn: string, today = '2027-06-15', over: Partial<SignatureDelegation> = {}) =>
  endEarly(aDelegation(over), { endsOn, reason: 'Mutation', today });

test.each(['2027-06-14', '2027-06-15', '2027-12-30'])('its last day becomes %s', (endsOn) => {
  expect(end(endsOn)).toMatchObject({ validUntil: endsOn, endReason: 'Mutation', version: 2 });
});

test('not later, nor the same day', () => {
  expect(() => end('2027-12-31')).toThrow(DelegationNotShortened);
  expect(() => end('2028-01-01')).toThrow(DelegationNotShortened);
});

test('not before yesterday, nor before its first day', () => {
  expect(() => end('2027-06-13')).toThrow(DelegationEndsInPast);
  expect(() => end('2026-12-31', '2026-12-31')).toThrow(DelegationEndsBeforeStart);
});
