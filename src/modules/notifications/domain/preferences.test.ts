import { KINDS, MAIL_KINDS, whyLegal } from './kinds.js';
import {
  checkHabits,
  chosen,
  EmptyQuietHours,
  inboxChoices,
  KindGivenTwice,
  LegalMessage,
  mailChoices,
  NotInInbox,
  TooLateInDigest,
  UnknownTimeZone,
} from './preferences.js';

test('what nobody chose about is immediate, everywhere it can be', () => {
  const choices = chosen([]);
  expect([...choices.keys()]).toEqual(MAIL_KINDS);
  for (const [kind, { mail, inbox }] of choices) {
    expect(mail).toBe('immediate');
    expect(inbox).toBe(KINDS[kind].inbox ? 'immediate' : 'off');
  }
});

test('what is by default may be chosen, for every kind', () => {
  for (const [kind, { mail, inbox }] of chosen([])) {
    expect(mailChoices(kind)).toContain(mail);
    expect(inboxChoices(kind)).toContain(inbox);
    expect(chosen([{ kind, mail, inbox }]).get(kind)).toEqual({ mail, inbox });
  }
});

const legal = MAIL_KINDS.filter((kind) => whyLegal(KINDS[kind]) !== null);

test('results, acts, complements and what opens an account are legal', () => {
  expect(legal).toEqual(
    expect.arrayContaining([
      'results',
      'act-notified',
      'complement-asked',
      'admissible',
      'inadmissible',
      'receipt',
      'account-confirmation',
    ]),
  );
});

test.each(legal)('%s can be neither cut nor put off, and it is said why', (kind) => {
  for (const mail of ['daily', 'weekly', 'off'] as const) expect(() => chosen([{ kind, mail }])).toThrow(LegalMessage);
  expect(() => chosen([{ kind, mail: 'off' }])).toThrow(new RegExp(`${KINDS[kind].label}.*ni coupé ni retardé : `));
  if (KINDS[kind].inbox) expect(() => chosen([{ kind, inbox: 'off' }])).toThrow(LegalMessage);
});

test('a reminder may be cut, not put off', () => {
  expect(chosen([{ kind: 'closing-reminder', mail: 'off' }]).get('closing-reminder')?.mail).toBe('off');
  expect(() => chosen([{ kind: 'closing-reminder', mail: 'daily' }])).toThrow(TooLateInDigest);
});

test('refusals say where', () => {
  const refusal = (): unknown => chosen([{ kind: 'membership-granted' }, { kind: 'results', mail: 'off' }]);
  expect(refusal).toThrow(
    expect.objectContaining({ fields: [expect.objectContaining({ pointer: '/kinds/1/mail', code: 'LEGAL_MESSAGE' })] }),
  );
  expect(() => chosen([{ kind: 'invitation', inbox: 'immediate' }])).toThrow(NotInInbox);
  expect(() => chosen([{ kind: 'membership-granted' }, { kind: 'membership-granted', mail: 'off' }])).toThrow(KindGivenTwice);
});

test.each(['Europe/Paris', 'Indian/Reunion', 'America/Cayenne', 'UTC'])('%s is a zone', (timeZone) => {
  expect(() => {
    checkHabits({ timeZone, quietHours: null });
  }).not.toThrow();
});

test.each(['Paris', 'Europe/Ivry', '+02:00', '', '../etc', 'Europe/Paris\u0000'])('%j is none', (timeZone) => {
  expect(() => {
    checkHabits({ timeZone, quietHours: null });
  }).toThrow(UnknownTimeZone);
});

test('quiet hours last some time', () => {
  expect(() => {
    checkHabits({ timeZone: 'UTC', quietHours: { from: '08:00', to: '08:00' } });
  }).toThrow(EmptyQuietHours);
});
