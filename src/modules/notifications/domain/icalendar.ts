import { type Day, plusDays } from '../../../kernel/day.js';

export type CalendarEvent = {
  /** The same as long as it is the same event: a client replaces what it has. */
  readonly uid: string;
  readonly summary: string;
  readonly description: string;
  readonly location: string | null;
} & (
  | { readonly at: Date; readonly day: null }
  /** All day, whatever the reader's zone. */
  | { readonly at: null; readonly day: Day }
);

/** Octets of a content line without its end (RFC 5545, 3.1). */
const LINE_OCTETS = 75;
/** How often clients should come back. */
const REFRESH = 'PT1H';

/**
 * A calendar in RFC 5545. Instants are in UTC, so that no zone has to be described; days are days. `stamp` is when it was written (DTSTAMP).
 */
export function icalendar(name: string, events: readonly CalendarEvent[], stamp: Date): string {
  const lines = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Bièvre//Échéances//FR', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH'],
    ...[`NAME:${text(name)}`, `X-WR-CALNAME:${text(name)}`, `REFRESH-INTERVAL;VALUE=DURATION:${REFRESH}`, `X-PUBLISHED-TTL:${REFRESH}`],
    ...events.flatMap((event) => eventLines(event, stamp)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function eventLines(event: CalendarEvent, stamp: Date): string[] {
  const { uid, summary, description, location } = event;
  return [
    ...['BEGIN:VEVENT', `UID:${text(uid)}`, `DTSTAMP:${utc(stamp)}`],
    ...(event.at === null
      ? [`DTSTART;VALUE=DATE:${date(event.day)}`, `DTEND;VALUE=DATE:${date(plusDays(event.day, 1))}`]
      : [`DTSTART:${utc(event.at)}`]),
    ...[`SUMMARY:${text(summary)}`, `DESCRIPTION:${text(description)}`],
    ...(location === null ? [] : [`LOCATION:${text(location)}`]),
    // A deadline takes nobody's time.
    ...['TRANSP:TRANSPARENT', 'END:VEVENT'],
  ];
}

const utc = (at: Date): string => `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
const date = (day: Day): string => day.replaceAll('-', '');

// Every control character but the line break, which is written out, and the tab.
const CONTROL = new RegExp(`[${['\\u0000-\\u0008', '\\u000b-\\u001f', '\\u007f'].join('')}]`, 'g');

/** A text of 3.3.11: nothing in it can end the line, nor the property. */
function text(value: string): string {
  return value
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(CONTROL, '')
    .replaceAll(/[\\;,]/g, (sign) => `\\${sign}`)
    .replaceAll('\n', '\\n');
}

/** Cut after 75 octets, never inside a character; what follows begins with a space, which counts. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > LINE_OCTETS) {
      parts.push(part);
      part = '';
      octets = 1;
    }
    part += character;
    octets += size;
  }
  return [...parts, part].join('\r\n ');
}
