import { cents } from '../../../kernel/money.js';
import { makeVoid, notify, paymentDueOn, sign, type Act, type Notifying, type Signing } from './act.js';
import {
  BeneficiaryDoesNotSign,
  BeneficiarySignatureMissing,
  DayInFuture,
  NotifiedBeforeSigned,
  SignedBeforePrepared,
} from './act.errors.js';

const anAct = (over: Partial<Act> = {}): Act => ({
  ...{
    id: 'a',
    number: '2027-P147-94-0001',
    kind: 'order',
    state: 'prepared',
    version: 1,
    funderId: 'f',
    organisationId: 'o',
    callId: 'c',
  },
  ...{ year: 2027, amendsId: null, amountCents: cents(500_000), isBilateral: false, preparedOn: '2027-03-10' },
  ...{
    signedOn: null,
    signedAt: null,
    signedBy: null,
    signatoryName: null,
    signatureMethod: null,
    signaturePlace: null,
    signedFileId: null,
    signedSha256: null,
    beneficiarySignedOn: null,
  },
  ...{ notifiedOn: null, notifiedAt: null, voidedAt: null, voidReason: null },
  ...over,
});
const at = new Date('2027-03-20T09:00:00Z');
const signing = (over: Partial<Signing> = {}): Signing => ({
  ...{
    signedOn: '2027-03-12',
    method: 'platform',
    place: 'Créteil',
    beneficiarySignedOn: null,
    copy: null,
    signerId: 's',
    signatoryName: 'Camille Préfète',
    at,
    today: '2027-03-20',
  },
  ...over,
});
const notifying = (over: Partial<Notifying> = {}): Notifying => ({
  notifiedOn: '2027-03-15',
  beneficiarySignedOn: null,
  at,
  today: '2027-03-20',
  ...over,
});
const aSigned = (over: Partial<Act> = {}): Act => anAct({ state: 'signed', signedOn: '2027-03-12', signedAt: at, ...over });

test('is signed, on a day and in a place, by someone', () => {
  expect(sign(anAct(), signing())).toMatchObject({
    ...{
      state: 'signed',
      version: 2,
      signedOn: '2027-03-12',
      signedAt: at,
      signedBy: 's',
      signatoryName: 'Camille Préfète',
      signaturePlace: 'Créteil',
      signatureMethod: 'platform',
    },
  });
});

test.each(['2027-03-10', '2027-03-20'])('may be signed on %s: the day it was prepared, or today', (signedOn) => {
  expect(sign(anAct(), signing({ signedOn })).signedOn).toBe(signedOn);
});

test.each([
  ['2027-03-09', SignedBeforePrepared],
  ['2027-03-21', DayInFuture],
])('is not signed on %s', (signedOn, refusal) => {
  expect(() => sign(anAct(), signing({ signedOn }))).toThrow(refusal);
});

test.each(['signed', 'notified', 'void'] as const)('is not signed when %s', (state) => {
  expect(() => sign(anAct({ state }), signing())).toThrow(/n'est pas possible/);
});

test('the beneficiary signs what binds both, and nothing else', () => {
  expect(sign(anAct({ isBilateral: true }), signing({ beneficiarySignedOn: '2027-03-11' })).beneficiarySignedOn).toBe('2027-03-11');
  expect(() => sign(anAct(), signing({ beneficiarySignedOn: '2027-03-11' }))).toThrow(BeneficiaryDoesNotSign);
  expect(() => sign(anAct({ isBilateral: true }), signing({ beneficiarySignedOn: '2027-03-21' }))).toThrow(DayInFuture);
});

test('is notified once signed, on a day from the signature on', () => {
  expect(notify(aSigned(), notifying({ notifiedOn: '2027-03-12' }))).toMatchObject({
    state: 'notified',
    version: 2,
    notifiedOn: '2027-03-12',
    notifiedAt: at,
  });
  expect(() => notify(aSigned(), notifying({ notifiedOn: '2027-03-11' }))).toThrow(NotifiedBeforeSigned);
  expect(() => notify(aSigned(), notifying({ notifiedOn: '2027-03-21' }))).toThrow(DayInFuture);
  expect(() => notify(anAct(), notifying())).toThrow(/n'est pas possible/);
});

test('what binds both is notified once both have signed', () => {
  expect(() => notify(aSigned({ isBilateral: true }), notifying())).toThrow(BeneficiarySignatureMissing);
  expect(notify(aSigned({ isBilateral: true }), notifying({ beneficiarySignedOn: '2027-03-14' })).beneficiarySignedOn).toBe('2027-03-14');
  expect(notify(aSigned({ isBilateral: true, beneficiarySignedOn: '2027-03-11' }), notifying()).beneficiarySignedOn).toBe('2027-03-11');
});

test('is void before its signature only, with a reason', () => {
  expect(makeVoid(anAct(), 'Erreur de bénéficiaire', at)).toMatchObject({
    state: 'void',
    voidedAt: at,
    voidReason: 'Erreur de bénéficiaire',
  });
  expect(() => makeVoid(aSigned(), 'Trop tard', at)).toThrow(/n'est pas possible/);
});

test.each([
  ['order', '2027-03-15', '2027-05-14'],
  ['agreement', '2027-03-15', '2027-05-14'],
  ['order', null, null],
  ['refusal-letter', '2027-03-15', null],
  ['amendment', '2027-03-15', null],
] as const)('%s notified on %s is paid by %s', (kind, notifiedOn, due) => {
  expect(paymentDueOn({ kind, notifiedOn })).toBe(due);
});
