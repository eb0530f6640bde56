import { AUDIENCE_WORDS } from '../domain/audience.words.js';
import { CATALOGUE, NOTIFIED_EVENTS, tellings } from '../domain/catalogue.js';
import { CLOCKED } from '../domain/clocked.js';
import { KINDS, whyLegal } from '../domain/kinds.js';
import type { MailKind } from '../domain/mail-data.js';
import { isWebhookEvent } from '../domain/webhook-events.js';
import { fixtures } from './templates/fixtures.js';
import { render } from './templates/templates.js';

const INTRODUCTION = `# Who is told what

Printed from the code (\`domain/catalogue.ts\`, \`domain/clocked.ts\`, \`use-cases/templates\`), and checked against it by
\`use-cases/catalogue-document.test.ts\`. Every message goes by mail (HTML and text) to people with a confirmed, open account, unless said
otherwise, and is found again under \`GET /v1/me/notifications\`. What an event tells is one message a person, however often the event is
delivered; what follows from the clock is one message for what its column says, however often the clock ticks.

Channels: \`mail\`; \`inbox\`, the in-app one; \`webhook\`, for the systems of owners who may read what the event is about. Grouped: several to one person
within a short while are one mail. Legal: nobody can switch it off or put it off, and why; of any other, people decide in their preferences.
`;

/** The catalogue as people read it, in Markdown. */
export function catalogueDocument(): string {
  const events = NOTIFIED_EVENTS.flatMap((event) => {
    return tellings(CATALOGUE[event]).flatMap(({ mail, audience }) => {
      const kinds = typeof mail === 'string' ? [['', mail] as const] : Object.entries(mail);
      return kinds.map(([state, kind]) => [
        `\`${event}\`${state && ` (${state})`}`,
        AUDIENCE_WORDS[audience],
        `\`${kind}\``,
        subject(kind),
        channels(kind, isWebhookEvent(event)),
        ...weight(kind),
      ]);
    });
  });
  const clocked = CLOCKED.map(({ mail, when, who, one }) => [
    when,
    who,
    `\`${mail}\``,
    subject(mail),
    one,
    channels(mail, false),
    ...weight(mail),
  ]);
  return [
    INTRODUCTION,
    '## What events tell\n',
    table(['Event', 'Who', 'Message', 'Subject, for example', ...HOW], events),
    '## What follows from the clock\n',
    table(['When', 'Who', 'Message', 'Subject, for example', 'One message for', ...HOW], clocked),
  ].join('\n');
}

const HOW = ['Channels', 'Grouped', 'Legal'] as const;

const channels = (kind: MailKind, webhook: boolean): string =>
  ['mail', ...(KINDS[kind].inbox ? ['inbox'] : []), ...(webhook ? ['webhook'] : [])].join(', ');

const weight = (kind: MailKind): readonly string[] => [KINDS[kind].grouped ? 'yes' : 'no', whyLegal(KINDS[kind]) ?? 'no'];

const subject = (kind: MailKind): string => render(kind, fixtures('https://bievre.test/v1/…')[kind]).subject;

function table(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [row(headers), row(headers.map(() => '---')), ...rows.map(row), ''].join('\n');
}
