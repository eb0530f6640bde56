/**
 * One column of at most 600 px, text of 16 px, no image, no web font, no colour that carries meaning, contrasts above 7. The styles are on the
 * elements because many mail readers drop a style sheet. A neutral theme: the State's own may not be used by cities.
 */
const FONT = "font-family: system-ui, -apple-system, 'Segoe UI', Roboto, Arial, sans-serif";

export const HTML_LAYOUT = `<!doctype html>
<html lang="fr" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>{{subject}}</title>
</head>
<body style="margin: 0; padding: 0; background: #f3f4f5; color: #1d232a">
<main style="box-sizing: border-box; max-width: 600px; margin: 0 auto; padding: 24px 20px; background: #ffffff; ${FONT}; font-size: 16px; line-height: 1.5; overflow-wrap: anywhere">
<h1 style="margin: 0 0 20px; font-size: 22px; line-height: 1.3">{{subject}}</h1>
<p style="margin: 0 0 16px">Bonjour {{recipientName}},</p>
{{#each blocks}}{{> (lookup this 'kind')}}{{/each}}
<footer style="margin-top: 32px; padding-top: 16px; border-top: 1px solid #8a939c; font-size: 14px; color: #414b55">
<p style="margin: 0 0 8px">Vous recevez ce message parce {{que because}}</p>
<p style="margin: 0">Message envoyé automatiquement par Bièvre, l’outil du contrat de ville. Merci de ne pas y répondre : personne ne lit cette adresse.</p>
</footer>
</main>
</body>
</html>
`;

export const HTML_PARTIALS = {
  heading: `<h2 style="margin: 28px 0 8px; font-size: 19px; line-height: 1.3">{{text}}</h2>
`,
  subheading: `<h3 style="margin: 20px 0 8px; font-size: 16px; line-height: 1.3">{{text}}</h3>
`,
  paragraph: `<p style="margin: 0 0 16px">{{text}}</p>
`,
  quote: `<blockquote style="margin: 0 0 16px; padding: 8px 0 8px 16px; border-left: 4px solid #8a939c; white-space: pre-line">{{text}}</blockquote>
`,
  facts: `<dl style="margin: 0 0 16px">
{{#each rows}}<dt style="font-weight: bold">{{label}}</dt>
<dd style="margin: 0 0 8px">{{value}}</dd>
{{/each}}</dl>
`,
  list: `<ul style="margin: 0 0 16px; padding-left: 24px">
{{#each items}}<li style="margin: 0 0 8px; white-space: pre-line">{{this}}</li>
{{/each}}</ul>
`,
  outlines: `<ul style="margin: 0 0 16px; padding-left: 24px">
{{#each items}}<li style="margin: 0 0 12px">{{#if link}}<a href="{{link}}" style="color: #1d4f6e; font-weight: bold">{{subject}}</a>{{else}}<strong>{{subject}}</strong>{{/if}}{{#if summary}}<br>
{{summary}}{{/if}}</li>
{{/each}}</ul>
`,
  link: `<p style="margin: 24px 0 8px"><a href="{{url}}" style="display: inline-block; padding: 12px 20px; border-radius: 4px; background: #243b4a; color: #ffffff; font-weight: bold">{{label}}</a></p>
<p style="margin: 0 0 16px; font-size: 14px">Si le bouton ne s’ouvre pas, copiez cette adresse : <a href="{{url}}" style="color: #1d4f6e">{{url}}</a></p>
`,
} as const;
