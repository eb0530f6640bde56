/** The plain twin: same words, same order, for those who read without HTML. */
export const TEXT_LAYOUT = `Bonjour {{recipientName}},

{{#each blocks}}{{> (lookup this 'kind')}}{{/each}}
--
Vous recevez ce message parce {{que because}}
Message envoyé automatiquement par Bièvre, l’outil du contrat de ville. Merci de ne pas y répondre : personne ne lit cette adresse.
`;

export const TEXT_PARTIALS = {
  heading: `
{{underlined text '='}}

`,
  subheading: `
{{underlined text '-'}}

`,
  paragraph: `{{text}}

`,
  quote: `{{quoted text}}

`,
  facts: `{{#each rows}}{{label}} : {{value}}
{{/each}}

`,
  list: `{{#each items}}- {{this}}
{{/each}}

`,
  outlines: `{{#each items}}- {{subject}}
{{#if summary}}{{summary}}
{{/if}}{{#if link}}{{link}}
{{/if}}{{/each}}

`,
  link: `{{label}} :
{{url}}

`,
} as const;
