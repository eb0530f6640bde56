import { ActNotAllowed } from '../../../kernel/transitions.js';
import { assertDates, decide, type DateChange } from './date-change.js';
import { overdueSentence } from './block-sentence.js';
import { changeContent, EMPTY_CONTENT } from './report-content.js';
import { edited, reviewed, submitted, type Report } from './report.js';

const AT = new Date('2028-02-01T09:00:00Z');
const ATTESTATION = { hash: 'ab', by: 's', at: AT };
const aReport = (over: Partial<Report> = {}): Report => ({
  ...{ id: 'r', actionId: 'a', dossierId: 'd', callId: 'c', organisationId: 'o', year: 2027, kind: 'final', state: 'draft', version: 3 },
  ...{ content: EMPTY_CONTENT, rows: [], attachments: [], createdAt: AT, updatedAt: AT, attestation: null, submittedAt: null },
  ...over,
});

test('an edit voids what was attested; submitting attests anew', () => {
  const first = submitted(aReport(), ATTESTATION);
  expect(first).toMatchObject({ state: 'submitted', version: 4, attestation: ATTESTATION, submittedAt: AT });
  const toAmend = reviewed(first, 'ask-amendment', false, AT);
  expect(edited(toAmend, { content: { ...EMPTY_CONTENT, carriedOut: 'x' } }, AT)).toMatchObject({
    state: 'to-amend',
    version: 6,
    attestation: null,
  });
  expect(() => edited(first, {}, AT)).toThrow(ActNotAllowed);
});

test.each([
  ['submitted', 'accept', false, 'submitted'],
  ['submitted', 'accept', true, 'accepted'],
  ['submitted', 'ask-amendment', true, 'to-amend'],
  ['accepted', 'accept', false, 'accepted'],
] as const)('%s, then %s (the last: %s), is %s', (state, decision, isLast, expected) => {
  expect(reviewed(aReport({ state }), decision, isLast, AT)).toMatchObject({ state: expected, version: 4 });
});

test('indicators keep what the dossier set of them', () => {
  const set = { label: 'Séances', type: 'count', baseline: 0, target: 20, realised: null, comment: null };
  const content = { ...EMPTY_CONTENT, indicators: [set, { ...set, label: 'Autre' }] };
  const { indicators } = changeContent(content, { indicators: [{ label: 'Séances', realised: 18, comment: 'Deux annulées' }] }, () => null);
  expect(indicators).toEqual([
    { ...set, realised: 18, comment: 'Deux annulées' },
    { ...set, label: 'Autre' },
  ]);
});

describe('other dates', () => {
  const from = { startsOn: '2027-01-15', endsOn: '2027-12-15' };
  const asked: DateChange = {
    ...{
      id: 'c',
      actionId: 'a',
      dossierId: 'd',
      state: 'asked',
      version: 1,
      from,
      startsOn: '2027-01-15',
      endsOn: '2028-03-31',
      reason: 'Travaux',
    },
    ...{ askedBy: 'e', askedAt: AT, decidedBy: null, decidedAt: null, decisionReason: null },
  };

  test('have a meaning, and change something', () => {
    expect(() => assertDates(from, { startsOn: '2027-05-01', endsOn: '2027-04-30' })).toThrow(/avant son début/);
    expect(() => assertDates(from, from)).toThrow(/déjà ces dates/);
    expect(() => assertDates(from, { ...from, endsOn: '2027-12-16' })).not.toThrow();
  });

  test('are answered once, and refused with a reason', () => {
    const answer = { by: 'p', at: AT };
    const accepted = decide(asked, { ...answer, accepted: true, reason: null });
    expect(accepted).toMatchObject({ state: 'accepted', version: 2, decidedBy: 'p', decisionReason: null });
    expect(() => decide(accepted, { ...answer, accepted: true, reason: null })).toThrow(/déjà reçu/);
    expect(() => decide(asked, { ...answer, accepted: false, reason: ' ' })).toThrow(/motif/);
    expect(decide(asked, { ...answer, accepted: false, reason: 'Trop tard' })).toMatchObject({
      state: 'refused',
      decisionReason: 'Trop tard',
    });
  });
});

test('a block says which report, since when, and who can lift it', () => {
  const late = { year: 2027, actionTitle: 'Jardins', dossierNumber: '2027-GOSB-000001', dueOn: '2028-06-30' };
  expect(overdueSentence({ ...late, funders: ['État'] })).toBe(
    'Le bilan 2027 de l’action « Jardins » (dossier 2027-GOSB-000001) était attendu le 30 juin 2028 : déposez-le, ou demandez à son financeur (État) de lever ce blocage.',
  );
  expect(overdueSentence({ ...late, funders: ['Ville', 'État', 'Ville'] })).toContain('à l’un de ses financeurs (État ; Ville)');
});
