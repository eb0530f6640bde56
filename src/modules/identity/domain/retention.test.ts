import { NoticeTooLong, NoticeTooShort, ProofTooShort } from './retention.errors.js';
import { closingDay, pseudonymOf, withDurations, type RetentionRule } from './retention.js';

const rule: RetentionRule = {
  ...{ object: 'account', start: 'dernière connexion', activeDays: 365, noticeDays: 30, archivedDays: 90, fate: 'pseudonymise' },
  ...{ legalBasis: 'RGPD', version: 3 },
};

test.each([
  // Told in time: the day that the rule gives.
  ['2027-01-01', '2027-12-02', '2028-01-01'],
  // Told late, after a stop: a whole notice all the same.
  ['2027-01-01', '2027-12-20', '2028-01-19'],
  ['2020-01-01', '2027-12-20', '2028-01-19'],
])('last seen on %s, told on %s: closed on %s', (lastSeenOn, today, closingOn) => {
  expect(closingDay(lastSeenOn, rule, today)).toBe(closingOn);
});

test('durations change one by one, and a notice never outlasts the use', () => {
  expect(withDurations(rule, { archivedDays: 0 })).toEqual({ ...rule, archivedDays: 0, version: 4 });
  expect(withDurations(rule, { activeDays: 30 })).toMatchObject({ activeDays: 30, noticeDays: 30 });
  expect(() => withDurations(rule, { activeDays: 29 })).toThrow(NoticeTooLong);
});

test('the notice of an account is a month at least, and that of nothing else', () => {
  expect(withDurations({ ...rule, noticeDays: 60 }, { noticeDays: 30 })).toMatchObject({ noticeDays: 30 });
  expect(() => withDurations(rule, { noticeDays: 29 })).toThrow(NoticeTooShort);
  expect(() => withDurations(rule, { noticeDays: 0 })).toThrow(NoticeTooShort);
  expect(withDurations({ ...rule, object: 'session' }, { noticeDays: 0 })).toMatchObject({ noticeDays: 0 });
});

test('what proves that a message was sent is kept a year at least, with its words or without', () => {
  const message: RetentionRule = { ...rule, object: 'message', noticeDays: 0, fate: 'delete' };
  expect(withDurations(message, { activeDays: 0, archivedDays: 365 })).toMatchObject({ activeDays: 0, archivedDays: 365 });
  expect(withDurations(message, { archivedDays: 0 })).toMatchObject({ activeDays: 365, archivedDays: 0 });
  expect(() => withDurations(message, { activeDays: 0, archivedDays: 364 })).toThrow(ProofTooShort);
});

test('a pseudonym tells nothing, and is one a person', () => {
  expect(pseudonymOf('a').email).not.toBe(pseudonymOf('b').email);
});
