import fc from 'fast-check';
import { bundle, digest, type DigestItem } from './digest.message.js';
import { layOut, type RenderedMail } from './layout.js';
import { link, paragraph } from './message.js';

const ALL = 'https://bievre.test/v1/me/notifications';
const first: DigestItem = {
  label: 'Rattachement accepté',
  subject: 'Vous pouvez agir pour Les Amis',
  summary: 'Votre place dans cette organisation est acceptée.',
  link: 'https://bievre.test/v1/organisations/0190?a=1&b=2',
};
const second: DigestItem = {
  label: 'Fin d’un rattachement',
  subject: 'Vous ne pouvez plus agir pour Les Voisins',
  summary: 'Il a été mis fin à votre place.',
  link: 'https://bievre.test/v1/me',
};

function written(items: readonly DigestItem[], because: 'chosen' | 'same-kind' = 'chosen'): RenderedMail {
  return layOut(digest({ recipientName: 'Camille', because, items, link: ALL }));
}

/** The links of a page: where each leads, and what it is read aloud as. */
function linksOf({ html }: RenderedMail): readonly (readonly [string, string])[] {
  return [...html.matchAll(/<a href="([^"]*)"[^>]*>([^<]*)<\/a>/g)].map(([, url = '', said = '']) => [url, said]);
}

test.each(['chosen', 'same-kind'] as const)('each message of a mail of several (%s) is a link, named by its subject', (because) => {
  const mail = written([first, second], because);
  expect(linksOf(mail)).toEqual([
    ['https://bievre.test/v1/organisations/0190?a&#x3D;1&amp;b&#x3D;2', first.subject],
    ['https://bievre.test/v1/me', second.subject],
    [ALL, 'Voir tous mes messages'],
    [ALL, ALL],
  ]);
  expect(mail.html).toContain(first.summary);
});

test('the address itself is on the page for the last link only, and always in the plain twin', () => {
  const { html, text } = written([first, second]);
  const onPage = html.replace(/<[^>]*>/g, ' ');
  expect(onPage.match(/https:/g)).toHaveLength(1);
  // On a narrow screen, a word as long as an address breaks anywhere rather than widen the page.
  expect(html).toMatch(/<main style="[^"]*overflow-wrap: anywhere/);
  expect(text).toContain(`- ${first.subject}\n${first.summary}\n${first.link ?? ''}\n`);
  expect(text).toContain(`- ${second.subject}\n${second.summary}\n${second.link ?? ''}\n`);
});

test('a message that leads nowhere, or has no more to say, is told without a link, or without more', () => {
  const mail = written([
    { ...first, link: null },
    { ...second, summary: '' },
  ]);
  expect(mail.html).toContain(`<strong>${first.subject}</strong>`);
  expect(linksOf(mail).map(([, said]) => said)).toEqual([second.subject, 'Voir tous mes messages', ALL]);
  expect(mail.html).toContain(`${second.subject}</a></li>`);
  expect(mail.text).toContain(`- ${first.subject}\n${first.summary}\n\n`);
  expect(mail.text).toContain(`- ${second.subject}\n${second.link ?? ''}\n`);
});

test('whatever a message is called, it stays text within our tags', () => {
  const tags = (html: string): string[] => html.match(/<\/?[a-z][a-z0-9]*/gi) ?? [];
  const ours = tags(written([first, second]).html);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 120 }), (words) => {
      const { html } = written([first, { ...second, subject: words, summary: `${words}.`, link: `https://bievre.test/?q=${words}` }]);
      expect(tags(html)).toEqual(ours);
    }),
    { numRuns: 50 },
  );
});

test('of messages said in full, each keeps its own link', () => {
  const one = (subject: string, url: string) => ({
    ...{ subject, recipientName: 'Camille', because: 'vous suivez ce dossier.' },
    blocks: [paragraph('Votre dossier n’est pas recevable.'), link(`Voir ${subject}`, url)],
  });
  const mail = layOut(bundle('Dossier irrecevable', [one('le dossier 1', `${ALL}/1`), one('le dossier 2', `${ALL}/2`)]));
  expect(linksOf(mail).map(([, said]) => said)).toEqual(['Voir le dossier 1', `${ALL}/1`, 'Voir le dossier 2', `${ALL}/2`]);
});
