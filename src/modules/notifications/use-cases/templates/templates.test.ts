import fc from 'fast-check';
import { cents } from '../../../../kernel/money.js';
import { fixtures } from './fixtures.js';
import { MAIL_KINDS } from '../../domain/kinds.js';
import { render, type MailData, type MailKind, type RenderedMail } from './templates.js';

const LINK = 'https://bievre.test/dossiers/0190?a=1&b=2';

/** One of each kind, whose free texts are all `words`. */
const samples = (words: string): MailData => fixtures(LINK, () => words);

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

test.each(MAIL_KINDS)('%s can be looked at, made up', (kind) => {
  const { subject, text } = render(kind, fixtures(LINK)[kind]);
  expect(text).toContain('Bonjour Camille Durand,');
  expect(subject).toMatch(/^.{10,120}$/u);
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

test('an amount is never cut at the end of a line of the page, and the header keeps to ordinary spaces', () => {
  const { subject, html } = render('payments-made', fixtures(LINK)['payments-made']);
  expect(subject).toBe('Versement de 5 000,50 € à Les Ateliers du Port');
  expect(html).toMatch(/<h1[^>]*>Versement de 5\u202f000,50\u00a0€ à/u);
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
