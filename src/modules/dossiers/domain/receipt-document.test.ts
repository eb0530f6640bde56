import { cents } from '../../../kernel/money.js';
import type { DocumentBlock } from '../../../kernel/document.js';
import { receiptDocument, type ReceiptFacts } from './receipt-document.js';

const someFacts = (over: Partial<ReceiptFacts> = {}): ReceiptFacts => ({
  receiptNumber: '2027-000045',
  dossierNumber: '2027-GOSB-000123',
  dossierTitle: 'Ateliers d’été',
  organisation: { name: 'Les Ateliers de la Bièvre', siret: '12345678200010' },
  call: { title: 'Appel à projets du contrat de ville', year: 2027 },
  receivedAt: new Date('2027-01-15T09:30:00Z'),
  implicitRejectionOn: '2027-03-15',
  actions: [
    {
      title: 'Ateliers d’écriture',
      requests: [
        { funder: 'État – politique de la ville (94)', year: 2027, amountCents: cents(150_000) },
        { funder: 'Ville d’Ivry-sur-Seine', year: 2027, amountCents: cents(50_050) },
      ],
    },
    { title: 'Fête de quartier', requests: [] },
  ],
  service: { name: 'EPT Grand-Orly Seine Bièvre', address: '11 avenue Henri-Farman, 94398 Orly', email: 'contrat-de-ville@exemple.fr' },
  courts: ['tribunal administratif de Melun', 'tribunal administratif de Versailles'],
  ...over,
});

/** Everything that the receipt says, with plain spaces. */
function said(facts: ReceiptFacts): string {
  const texts = (block: DocumentBlock): readonly string[] => {
    switch (block.kind) {
      case 'heading':
      case 'paragraph':
        return [block.text];
      case 'list':
        return block.items;
      case 'facts':
        return block.rows.map((row) => row.join(' : '));
      case 'table':
        return [block.caption ?? '', block.head.join(' | '), ...block.rows.map((row) => row.join(' | '))];
    }
  };
  return receiptDocument(facts)
    .blocks.flatMap(texts)
    .join('\n')
    .replace(/[\u00a0\u202f]/g, ' ');
}

test.each([
  ['the date and hour received', 'reçu le 15 janvier 2027 à 10 h 30 (heure de Paris)'],
  ['the receipt number', 'Récépissé : n° 2027-000045'],
  ['the dossier', 'Dossier : 2027-GOSB-000123 – Ateliers d’été'],
  ['the organisation', 'Les Ateliers de la Bièvre (SIRET 12345678200010)'],
  ['the call', 'Appel à projets du contrat de ville – 2027'],
  ['each request', 'Ateliers d’écriture | Ville d’Ivry-sur-Seine | 2027 | 500,50 €'],
  ['an action without any request', 'Fête de quartier | aucun financement demandé'],
  ['the exact total', 'Total demandé |  |  | 2 000,50 €'],
  ['the day of the implicit refusal and its meaning', 'aucune décision le 15 mars 2027, votre demande est réputée rejetée'],
  ['the suspension by a complement request', 'ce délai est suspendu'],
  ['the appeal to the service', 'recours gracieux'],
  ['the appeal to a court', 'devant le tribunal administratif de Melun ou le tribunal administratif de Versailles'],
  ['the delay of appeal', 'dans les deux mois'],
  ['the service', 'Service : EPT Grand-Orly Seine Bièvre'],
  ['its address', 'Adresse : 11 avenue Henri-Farman, 94398 Orly'],
])('states %s', (_what, sentence) => {
  expect(said(someFacts())).toContain(sentence);
});

test('leaves the court to the reader when none is known, and gives a telephone when there is one', () => {
  expect(said(someFacts({ courts: [] }))).toContain('devant le tribunal administratif territorialement compétent');
  expect(said(someFacts())).not.toContain('Téléphone');
  expect(said(someFacts({ service: { ...someFacts().service, phone: '01 23 45 67 89' } }))).toContain('Téléphone : 01 23 45 67 89');
});

test('is dated by the reception, so that it can be made again as it was', () => {
  const document = receiptDocument(someFacts());
  expect(document.createdAt).toEqual(new Date('2027-01-15T09:30:00Z'));
  expect(document).toMatchObject({ language: 'fr-FR', title: 'Récépissé n° 2027-000045 – dossier 2027-GOSB-000123' });
  expect(receiptDocument(someFacts())).toEqual(document);
});
