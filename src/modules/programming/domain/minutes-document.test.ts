import { minutesDocument } from './minutes-document.js';
import type { MinutesContent } from './committee-minutes.js';

const HASH = 'ab'.repeat(32);
const AT = new Date('2027-03-01T12:00:00Z');
const content: MinutesContent = {
  session: {
    ...{ id: 'c', title: 'Comité de mars', heldOn: '2027-03-01', place: null, callTitle: 'Appel annuel', callYear: 2027 },
    ...{ openedAt: '2027-03-01T09:00:00Z', appliedAt: '2027-03-01T11:00:00Z', closedAt: '2027-03-01T12:00:00Z' },
  },
  quorum: { required: 1, present: 1, members: 2 },
  members: [
    { name: 'Anne', institution: 'Ville', funderCode: null, present: true },
    { name: 'Bruno', institution: 'État', funderCode: 'P147-94', present: false },
  ],
  recusals: [{ member: 'Anne', organisationId: 'o', organisationName: 'Les Jardins', reason: 'En est membre', source: 'declared' }],
  adoptedScenario: 'Équilibre',
  lines: [
    {
      ...{
        position: 1,
        lineId: 'l',
        dossierNumber: '2027-GOSB-000001',
        actionTitle: 'Un jardin',
        organisationId: 'o',
        organisationName: 'Les Jardins',
      },
      ...{
        funderCode: 'P147-94',
        year: 2027,
        scheme: null,
        requestedCents: 500_000,
        decision: 'adjourned',
        amountCents: null,
        programme: null,
      },
      reason: 'Budget à préciser',
    },
  ],
  totals: {
    decisions: {
      proposed: { name: 'proposed', lines: 0, amountCents: 0 },
      adjourned: { name: 'adjourned', lines: 1, amountCents: 0 },
      unfavourable: { name: 'unfavourable', lines: 0, amountCents: 0 },
    },
    funders: [],
    envelopes: [],
  },
};
const said = (hidden = 0): string => JSON.stringify(minutesDocument(content, HASH, AT, hidden));

test('prints the hash at the end and at the bottom of each page', () => {
  const { footer, blocks } = minutesDocument(content, HASH, AT, 0);
  expect(footer).toContain(HASH);
  expect(blocks.at(-1)).toEqual({ kind: 'paragraph', text: expect.stringContaining(HASH) });
});

test('says who was there, who was recused, and why a line was adjourned', () => {
  for (const words of [
    '1 présent(s) sur 2, pour un quorum de 1',
    'absent',
    'Anne sur Les Jardins : En est membre',
    'Ajournée : Budget à préciser',
  ])
    expect(said()).toContain(words);
});

test('says when lines are not shown, and only then', () => {
  expect(said(2)).toContain('2 ligne(s) ne vous sont pas montrées');
  expect(said()).not.toContain('ne vous sont pas montrées');
});
