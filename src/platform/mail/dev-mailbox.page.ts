import Handlebars from 'handlebars';
import type { KeptMail } from './folder-mailer.js';

const WHEN = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', dateStyle: 'medium', timeStyle: 'medium' });

const PAGE = Handlebars.compile<{ mails: readonly object[] }>(
  `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Courriels gardés – Bièvre</title>
<style>
body { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem; background: #fff; color: #1d232a; font: 1rem/1.5 system-ui, sans-serif }
table { width: 100%; border-collapse: collapse }
caption { text-align: left; padding-bottom: 0.75rem; color: #414b55 }
th, td { padding: 0.5rem; border-bottom: 1px solid #8a939c; text-align: left; vertical-align: top; overflow-wrap: anywhere }
a { color: #0b4f8a }
a:focus-visible { outline: 3px solid #0b4f8a; outline-offset: 2px }
</style>
</head>
<body>
<main>
<h1>Courriels gardés</h1>
{{#if mails}}
<table>
<caption>Sans serveur de courriel, ces messages sont restés ici. Du plus récent au plus ancien.</caption>
<thead><tr><th scope="col">Reçu</th><th scope="col">Pour</th><th scope="col">Objet</th></tr></thead>
<tbody>
{{#each mails}}<tr><td><time datetime="{{date}}">{{when}}</time></td><td>{{to}}</td><td><a href="/dev/mailbox/{{id}}">{{subject}}</a></td></tr>
{{/each}}</tbody>
</table>
{{else}}
<p>Aucun courriel pour l’instant. Rechargez la page après un acte qui en envoie un.</p>
{{/if}}
</main>
</body>
</html>
`,
  { strict: true },
);

/** The list of kept messages for a browser. */
export function mailboxPage(mails: readonly KeptMail[]): string {
  return PAGE({ mails: mails.map(({ id, to, subject, date }) => ({ id, to, subject, date, when: WHEN.format(new Date(date)) })) });
}
