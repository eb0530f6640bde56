import fc from 'fast-check';
import { cents } from '../../../../kernel/money.js';
import type { DecidedLine } from '../../domain/mail-data.js';
import { MAIL_KINDS, render, type MailData, type MailKind, type RenderedMail } from './templates.js';

/** One of each kind, whose free texts are all `words`. */
function samples(words: string): MailData {
  const link = 'https://bievre.test/dossiers/0190?a=1&b=2';
  const to = { recipientName: words, link };
  const dossier = { number: '2027-GOSB-000123', title: words, organisation: words };
  const call = { title: words, year: 2027 };
  const oneTime = { ...to, code: 'A1B2C3', operation: 'POST https://bievre.test/v1/auth/x', expiresAt: new Date('2027-01-16T09:30:00Z') };
  const line: DecidedLine = {
    funder: words,
    scheme: null,
    year: 2027,
    requestedCents: cents(800_000),
    decision: { outcome: 'granted', amountCents: cents(500_050) },
  };
  const tranche = {
    ...{ reference: words, action: words, rank: 2, years: 3, year: 2028, amountCents: cents(300_000) },
    ...{ reportYear: 2027, reportAcceptedOn: '2028-01-05' },
  };
  return {
    'account-confirmation': oneTime,
    'password-reset': oneTime,
    invitation: { ...oneTime, invitedBy: words, purposes: [words] },
    'membership-requested': {
      ...to,
      requesterName: words,
      requesterEmail: 'zoe@demo.test',
      message: words,
      organisation: words,
      role: 'signataire',
    },
    'membership-granted': { ...to, organisation: words, role: 'signataire' },
    'membership-refused': { ...to, organisation: words, reason: words },
    'membership-ended': { ...to, organisation: words, reason: words },
    'attestation-requested': { ...to, dossier, closesAt: new Date('2027-01-31T11:00:00Z') },
    receipt: {
      ...to,
      dossier,
      call,
      receiptNumber: '2027-000045',
      receivedAt: new Date('2027-01-15T09:30:00Z'),
      implicitRejectionOn: '2027-03-15',
      requestedCents: cents(1_234_567),
    },
    'complement-asked': {
      ...to,
      dossier,
      reason: words,
      items: [
        { place: 'Action 1, description', text: words },
        { place: null, text: words },
      ],
      operation: 'POST https://bievre.test/x',
      dueOn: '2027-02-15',
    },
    'complement-answered': { ...to, dossier, reason: words, answeredAt: new Date('2027-02-10T09:30:00Z') },
    admissible: { ...to, dossier },
    inadmissible: { ...to, dossier, reason: words },
    results: {
      ...to,
      organisation: words,
      call,
      dossiers: [
        {
          number: '2027-GOSB-000123',
          title: words,
          actions: [
            {
              title: words,
              lines: [line, { ...line, scheme: words, decision: { outcome: 'refused', reason: words } }],
            },
          ],
        },
      ],
      undecidedCount: 1,
    },
    'closing-reminder': { ...to, call, closesAt: new Date('2027-01-31T11:00:00Z'), drafts: [dossier] },
    'dossier-withdrawn': { ...to, dossier, withdrawnAt: new Date('2027-01-20T09:30:00Z'), reason: words },
    'act-notified': {
      ...to,
      number: '2027-P147-94-0001',
      kind: 'agreement',
      organisation: words,
      funder: words,
      year: 2027,
      amountCents: cents(2_500_000),
      signedOn: '2027-03-12',
      notifiedOn: '2027-03-15',
    },
    'tranche-notified': {
      ...{ ...to, number: '2028-P147-94-0003', organisation: words, funder: words, year: 2028, amountCents: cents(300_000) },
      ...{ signedOn: '2028-03-12', notifiedOn: '2028-03-15', tranches: [tranche] },
    },
  };
}

const rendered = (kind: MailKind, words = 'Ateliers d’été'): RenderedMail => render(kind, samples(words)[kind]);
const spaced = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe.each(MAIL_KINDS)('%s', (kind) => {
  test('has a subject of one line and both twins, with nothing missing', () => {
    const { subject, html, text } = rendered(kind);
    expect(subject).toMatch(/^.{10,120}$/u);
    for (const twin of [html, text]) {
      expect(twin).not.toMatch(/undefined|null|NaN|\[object|Invalid Date|\{\{|\}\}/);
      expect(twin).toContain('Bonjour Ateliers d’été,');
      expect(twin).toMatch(/Vous recevez ce message parce (que [^aeiou]|qu’[aeiou])/);
    }
    expect(text).toContain('https://bievre.test/dossiers/0190?a=1&b=2');
    expect(html).toContain('href="https://bievre.test/dossiers/0190?a&#x3D;1&amp;b&#x3D;2"');
    expect(text).not.toMatch(/<\/?[a-z]|&[a-z#0-9]+;/i);
  });

  test('says the same in both twins', () => {
    const { html, text } = rendered(kind);
    const words = (twin: string): string[] => [...new Set(twin.match(/\p{L}{4,}/gu) ?? [])].sort();
    const body = html
      .slice(html.indexOf('<p style="margin: 0 0 16px">Bonjour'))
      .replace(/<[^>]*>/g, ' ')
      .replace(/&\w+;/g, ' ');
    // What only a button needs.
    const ownToHtml = new Set(['bouton', 'ouvre', 'copiez', 'cette', 'adresse']);
    expect(words(body).filter((word) => !ownToHtml.has(word))).toEqual(words(text).filter((word) => !ownToHtml.has(word)));
  });

  test('is in French, one column, with a single main heading and no image', () => {
    const { html, subject } = rendered(kind);
    expect(html).toContain('<html lang="fr"');
    expect(spaced(html)).toContain(`<title>${subject}</title>`);
    expect(html).toContain('max-width: 600px');
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).not.toMatch(/<img|<table|url\(|@import|<script/);
  });

  test('writes a hostile title as text', () => {
    const { html, subject } = rendered(kind, '<img src=x onerror=alert(1)>"\'&{{evil}}\r\nBcc: x@y.test');
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src&#x3D;x onerror&#x3D;alert(1)&gt;&quot;&#x27;&amp;{{evil}}');
    expect(subject).not.toMatch(/[\r\n]/);
  });

  test('whatever people wrote: a short subject of one line, and no tag that is not ours', () => {
    const tags = (html: string): string[] => [...new Set(html.match(/<\/?[a-z][a-z0-9]*/gi) ?? [])].sort();
    const ours = tags(rendered(kind).html);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (words) => {
        const { subject, html, text } = rendered(kind, words);
        expect(subject.length).toBeLessThanOrEqual(120);
        expect(subject + html + text).not.toMatch(/(?!\n)[\p{Cc}\u202a-\u202e]/u);
        expect(subject).not.toContain('\n');
        expect(tags(html)).toEqual(ours);
      }),
      { numRuns: 50 },
    );
  });
});

test('the results give each decision with its amount or its reason, and the exact total', () => {
  const line = { scheme: null, year: 2027, requestedCents: cents(800_000) };
  const { text } = render('results', {
    ...samples('Les Ateliers').results,
    undecidedCount: 0,
    dossiers: [
      {
        number: '2027-GOSB-000123',
        title: 'Un été au port',
        actions: [
          {
            title: 'Théâtre',
            lines: [
              { ...line, funder: 'État', decision: { outcome: 'granted', amountCents: cents(500_050) } },
              { ...line, funder: 'Ville d’Ivry', decision: { outcome: 'refused', reason: 'Enveloppe épuisée.' } },
            ],
          },
          { title: 'Lecture', lines: [{ ...line, funder: 'CAF', decision: { outcome: 'granted', amountCents: cents(1) } }] },
        ],
      },
    ],
  });
  const said = spaced(text);
  expect(said).toContain('Total accordé : 5 000,51 €');
  expect(said).toContain('Demandes accordées : 2');
  expect(said).toContain('Demandes refusées : 1');
  expect(said).not.toContain('sans décision');
  expect(said).toContain('- État, 2027 : accordé, 5 000,50 € (demandé : 8 000,00 €)');
  expect(said).toContain('- Ville d’Ivry, 2027 : refusé (demandé : 8 000,00 €). Motif : Enveloppe épuisée.');
  expect(said.indexOf('Théâtre')).toBeLessThan(said.indexOf('Lecture'));
});

test('results without any grant do not speak of acts to come', () => {
  const base = samples('Les Ateliers').results;
  const line = {
    funder: 'État',
    scheme: null,
    year: 2027,
    requestedCents: cents(100),
    decision: { outcome: 'refused', reason: 'Hors sujet' },
  } as const;
  const { text } = render('results', {
    ...base,
    dossiers: [{ number: '2027-GOSB-000123', title: 'Été', actions: [{ title: 'Théâtre', lines: [line] }] }],
  });
  expect(spaced(text)).toContain('Total accordé : 0,00 €');
  expect(text).not.toContain('arrêté ou convention');
  expect(text).toContain('recours gracieux');
});

test('quotes the words of the service line by line', () => {
  const { text } = render('complement-asked', { ...samples('Été')['complement-asked'], reason: 'Il manque :\nle budget' });
  expect(spaced(text)).toContain('> Il manque :\n> le budget');
});

test('cuts a long subject between two characters', () => {
  const { subject } = rendered('receipt', '🎭'.repeat(100));
  expect(subject.length).toBeLessThanOrEqual(120);
  expect(subject).toMatch(/🎭…$/u);
});

test('a complement says where, how to answer it, and what a change asks for', () => {
  const { text } = rendered('complement-asked', 'Précisez');
  const said = spaced(text);
  expect(said).toContain('- Action 1, description : Précisez\n- Précisez\n');
  expect(said).toContain('« répondre à la demande de complément »');
  expect(said).toContain('Opération : POST https://bievre.test/x');
  expect(said).toContain('un signataire doit l’attester à nouveau avant la réponse');
});

test.each([
  ['Appel à projets 2027 du contrat', 'Appel à projets : Appel à projets 2027 du contrat\n', '« Appel à projets 2027 du contrat » ferme'],
  ['Appel annuel', 'Appel à projets : Appel annuel – 2027\n', '« Appel annuel » (2027) ferme'],
])('« %s » is told with its year, once', (title, inReceipt, inReminder) => {
  const call = { title, year: 2027 };
  expect(spaced(render('receipt', { ...samples('x').receipt, call }).text)).toContain(inReceipt);
  expect(spaced(render('closing-reminder', { ...samples('x')['closing-reminder'], call }).text)).toContain(inReminder);
});

test('a notified act says its amount and when it is paid; an amendment does not start the clock again', () => {
  const { text } = rendered('act-notified');
  expect(spaced(text)).toContain('Montant : 25 000,00 €');
  expect(text).toContain('soixante jours');
  expect(render('act-notified', { ...samples('x')['act-notified'], kind: 'amendment' }).text).not.toContain('soixante jours');
});

test('a notified tranche says which year of which agreement, its amount, and the report that it follows', () => {
  const sample = samples('Théâtre')['tranche-notified'];
  const said = spaced(render('tranche-notified', sample).text);
  expect(said).toContain(
    'Théâtre : tranche 2 sur 3 (année 2028) de la convention Théâtre, 3 000,00 €. Le bilan 2027 a été accepté le 5 janvier 2028.',
  );
  expect(said).toContain('soixante jours');
  expect(said).toContain('Son acceptation ouvrira la tranche 2029, dans la limite des crédits ouverts.');
  const last = sample.tranches.map((tranche) => ({ ...tranche, reference: null, rank: 3 }));
  const ended = spaced(render('tranche-notified', { ...sample, tranches: last }).text);
  expect(ended).toContain('tranche 3 sur 3 (année 2028) de votre convention, 3 000,00 €');
  expect(ended).not.toContain('ouvrira');
});

test('« parce que » is elided', () => {
  expect(rendered('password-reset').text).toContain('parce qu’un nouveau mot de passe');
});
