import { AUDIENCE_WORDS } from '../domain/audience.words.js';
import { CATALOGUE, NOTIFIED_EVENTS, tellings } from '../domain/catalogue.js';
import { CLOCKED } from '../domain/clocked.js';
import { KINDS, whyLegal } from '../domain/kinds.js';
import type { MailKind } from '../domain/mail-data.js';
import { DELAYS_SECONDS } from '../domain/webhook-delivery.js';
import { isWebhookEvent, WEBHOOK_CATALOGUE, WEBHOOK_EVENTS } from '../domain/webhook-events.js';
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

const FOR_SYSTEMS = `An event is a POST of JSON: \`{"type", "timestamp", "data"}\`, where \`data\` holds the ids below and nothing else; what they name is read from the API, with
one's own rights. Its headers are those of [Standard Webhooks](https://www.standardwebhooks.com/): \`webhook-id\` (the same at each attempt),
\`webhook-timestamp\`, \`webhook-signature\` (\`v1,…\`; two for a day after the secret was rotated). Any 2xx within ten seconds is a success. Else it comes
again after ${waits()}; a \`Retry-After\` of 429 or 503 is waited for, a redirection is a failure, 410 stops the endpoint, and so do five days of
nothing but failures. Only a coordinator or an administrator has endpoints, and each is told of what its owner may read at that moment.
`;

function waits(): string {
  const written = DELAYS_SECONDS.map((seconds) => {
    if (seconds < 60) return `${seconds} s`;
    return seconds < 3600 ? `${seconds / 60} min` : `${seconds / 3600} h`;
  });
  return `${written.slice(0, -1).join(', ')} and ${written.at(-1)}`;
}

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
    '## What other systems are told\n',
    FOR_SYSTEMS,
    table(
      ['Event', '`data`', 'The object that its owner must be allowed to read'],
      WEBHOOK_EVENTS.map((event) => {
        const { object, ids } = WEBHOOK_CATALOGUE[event];
        return [`\`${event}\``, ids.map((id) => `\`${id}\``).join(', '), object];
      }),
    ),
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
