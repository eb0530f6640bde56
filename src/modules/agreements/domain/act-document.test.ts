import { cents } from '../../../kernel/money.js';
import type { ActContent, ActContentLine } from './act-content.js';
import { contentFromJson } from './act-content.js';
import { actDocument } from './act-document.js';
import { ACT_KINDS, type ActKind } from './act-kind.js';
import { ACT_TEMPLATES, currentTemplateVersion } from './act-templates.js';

const aLine = (over: Partial<ActContentLine> = {}): ActContentLine => ({
  ...{
    lineId: 'l',
    dossierNumber: '2027-GOSB-000123',
    actionTitle: 'Ateliers',
    startsOn: '2027-01-15',
    endsOn: '2027-12-15',
    scheme: null,
    year: 2027,
  },
  ...{ requestedCents: cents(500_000), amountCents: cents(300_050), previousCents: null, reason: null },
  ...over,
});
const aContent = (over: Partial<ActContent> = {}): ActContent => ({
  ...{ kind: 'order', templateVersion: 1, number: '2027-P147-94-0001', preparedAt: new Date('2027-03-10T09:00:00Z'), year: 2027 },
  funder: { code: 'P147-94', name: 'État – programme 147 (Val-de-Marne)', departmentCode: '94' },
  beneficiary: { name: 'Les Jardins', siret: '12345678901234', rna: 'W941234567', legalForm: 'association', address: '1 rue de la Paix' },
  ...{ callTitle: 'Appel 2027', lines: [aLine()], amountCents: cents(300_050), isBilateral: false, yearTotalCents: cents(300_050) },
  ...{
    agreementAboveCents: cents(2_300_000),
    publicMoneyCents: cents(300_050),
    accountsAboveCents: cents(15_300_000),
    amends: null,
    reason: null,
  },
  ...over,
});
const ofKind = (kind: ActKind, over: Partial<ActContent> = {}): ActContent =>
  aContent({
    kind,
    ...(kind === 'amendment'
      ? { amends: { number: '2027-P147-94-0001', kind: 'order', signedOn: '2027-04-01' }, reason: 'Une classe de plus' }
      : {}),
    ...over,
  });
const signature = { signatoryName: 'Camille Préfète', signedOn: '2027-03-12', place: 'Créteil', beneficiarySignedOn: null };
const spaced = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
const textOf = (content: ActContent, signed: Parameters<typeof actDocument>[1] = null) =>
  spaced(JSON.stringify(actDocument(content, signed)));

describe.each(ACT_KINDS)('%s', (kind) => {
  test('has a title with its number, in French, dated the day it was prepared', () => {
    const document = actDocument(ofKind(kind), null);
    expect(document.title).toContain('2027-P147-94-0001');
    expect(document).toMatchObject({
      language: 'fr-FR',
      createdAt: new Date('2027-03-10T09:00:00Z'),
      author: 'État – programme 147 (Val-de-Marne)',
    });
    expect(document.blocks[0]).toEqual({ kind: 'heading', level: 1, text: document.title });
  });

  test('says who signed, or that nobody has', () => {
    expect(textOf(ofKind(kind))).toContain('non signé');
    const signed = textOf(ofKind(kind), signature);
    expect(signed).toContain('Fait à Créteil, le 12 mars 2027.');
    expect(signed).toContain('Camille Préfète');
    expect(signed).not.toContain('non signé');
  });

  test('says how to contest it, before which court', () => {
    expect(textOf(ofKind(kind))).toMatch(/recours gracieux.*tribunal administratif de Melun/);
  });

  test('leaves nothing missing', () => {
    expect(textOf(ofKind(kind), signature)).not.toMatch(/undefined|NaN|\[object/);
  });

  test('is the same after a stay in the database', () => {
    const content = ofKind(kind);
    const stored = JSON.parse(
      JSON.stringify(content, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)),
    ) as object;
    expect(actDocument(contentFromJson(stored), signature)).toEqual(actDocument(content, signature));
  });

  test('is written with the last version of its text', () => {
    expect(currentTemplateVersion(kind)).toBe(ACT_TEMPLATES[kind].length);
  });
});

test.each(['order', 'agreement', 'cpo'] as const)(
  'the %s gives the amount in figures and in letters, pays in 60 days, asks for a report in 6 months',
  (kind) => {
    const text = textOf(ofKind(kind));
    expect(text).toContain('3 000,50 € (trois mille euros et cinquante centimes)');
    expect(text).toContain('soixante jours');
    expect(text).toContain('30 juin 2028');
    expect(text).toContain('contrat d’engagement républicain');
    expect(text).toContain('n° 2001-692');
    expect(text).toContain('n° 2001-495');
  },
);

test('a funder that is not the State decides without its visas', () => {
  const text = textOf(aContent({ funder: { code: 'CD94', name: 'Département du Val-de-Marne', departmentCode: '94' } }));
  expect(text).toContain('Décision n°');
  expect(text).not.toMatch(/2001-692|Arrête|préfet/);
});

test('only associations and foundations subscribe to the republican commitment', () => {
  expect(textOf(aContent({ beneficiary: { ...aContent().beneficiary, legalForm: 'public-body' } }))).not.toContain(
    'engagement républicain',
  );
});

test.each([
  [15_300_000n, false],
  [15_300_001n, true],
])('public money of %i cents asks for certified accounts: %s', (publicMoney, asked) => {
  expect(textOf(aContent({ publicMoneyCents: cents(publicMoney) })).includes('commissaire aux comptes')).toBe(asked);
});

test('an agreement says that earlier acts count, when they do', () => {
  const small = { kind: 'agreement', isBilateral: true, amountCents: cents(1_000_000) } as const;
  expect(textOf(aContent({ ...small, yearTotalCents: cents(2_500_000) }))).toContain('actes antérieurs compris, s’élèvent à 25 000,00 €');
  expect(textOf(aContent({ ...small, yearTotalCents: cents(1_000_000) }))).not.toContain('actes antérieurs');
});

test.each([
  ['order', false, 'Arrêté modificatif n° 2027-P147-94-0001 modifiant l’arrêté'],
  ['order', true, 'Convention n° 2027-P147-94-0001 modifiant l’arrêté'],
  ['agreement', true, 'Avenant n° 2027-P147-94-0001 modifiant la convention'],
] as const)('the amendment of an %s, signed by both: %s, is called « %s »', (amended, isBilateral, title) => {
  const content = ofKind('amendment', { isBilateral, amends: { number: '2027-P147-94-0002', kind: amended, signedOn: '2027-04-01' } });
  expect(spaced(actDocument(content, null).title)).toContain(title);
});

test('a refusal gives each reason', () => {
  expect(textOf(ofKind('refusal-letter', { lines: [aLine({ amountCents: cents(0), reason: 'Relève du droit commun' })] }))).toContain(
    'Relève du droit commun',
  );
});

test('both signatures appear on what binds both', () => {
  expect(textOf(ofKind('agreement', { isBilateral: true }), { ...signature, beneficiarySignedOn: '2027-03-11' })).toContain(
    'signé le 11 mars 2027',
  );
});
