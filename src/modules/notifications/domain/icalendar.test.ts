import fc from 'fast-check';
import ICAL from 'ical.js';
import { icalendar, type CalendarEvent } from './icalendar.js';

const STAMP = new Date('2027-03-01T08:00:00Z');
const anEvent = (over: Partial<Omit<CalendarEvent, 'at' | 'day'>> = {}): CalendarEvent => ({
  ...{ uid: 'u@bievre.test', summary: 'Clôture', description: 'Déposez', location: null, at: STAMP, day: null },
  ...over,
});
const eventsOf = (text: string): ICAL.Event[] =>
  new ICAL.Component(ICAL.parse(text) as unknown[]).getAllSubcomponents('vevent').map((each) => new ICAL.Event(each));
/** What an independent reader understands. */
const readBack = (event: CalendarEvent): ICAL.Event => {
  const [read] = eventsOf(icalendar('Échéances', [event], STAMP));
  if (!read) throw new Error('no event');
  return read;
};

test('every line ends in CRLF and is at most 75 octets', () => {
  const text = icalendar('Nom', [anEvent({ summary: 'é'.repeat(300), description: '😀'.repeat(200) })], STAMP);
  expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  expect(readBack(anEvent({ summary: 'é'.repeat(300) })).summary).toBe('é'.repeat(300));
});

test('separators, backslashes and line breaks are part of the text, and open nothing', () => {
  const summary = 'A; B, C\\n\nBEGIN:VALARM\r\nEND:VEVENT';
  const read = readBack(anEvent({ summary }));
  expect(read.summary).toBe('A; B, C\\n\nBEGIN:VALARM\nEND:VEVENT');
  expect(eventsOf(icalendar('x', [anEvent({ summary })], STAMP))).toHaveLength(1);
});

test('whatever the text, one event comes back with it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (summary) => {
      const kept = summary.replaceAll(/\r\n?/g, '\n').replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
      expect(readBack(anEvent({ summary })).summary).toBe(kept);
    }),
    { numRuns: 300 },
  );
});

test('a day is a day, whatever the reader’s zone, and lasts until the next', () => {
  const { startDate, endDate } = readBack({ ...anEvent(), at: null, day: '2027-03-28' });
  expect(startDate.isDate).toBe(true);
  expect([startDate.toString(), endDate.toString()]).toEqual(['2027-03-28', '2027-03-29']);
});

// The clocks of Paris go forward on 28 March 2027, back on 31 October 2027.
test.each([
  ['2027-03-27T22:59:00Z', '27/03/2027 23:59'],
  ['2027-03-28T00:59:00Z', '28/03/2027 01:59'],
  ['2027-03-28T01:00:00Z', '28/03/2027 03:00'],
  ['2027-03-28T21:59:00Z', '28/03/2027 23:59'],
  ['2027-10-30T21:59:00Z', '30/10/2027 23:59'],
  ['2027-10-31T00:30:00Z', '31/10/2027 02:30'],
  ['2027-10-31T01:30:00Z', '31/10/2027 02:30'],
  ['2027-10-31T22:59:00Z', '31/10/2027 23:59'],
])('the instant %s is read as %s in Paris', (instant, wall) => {
  const { startDate } = readBack({ ...anEvent(), at: new Date(instant), day: null });
  expect(startDate.zone.tzid).toBe('UTC');
  const read = startDate.toJSDate();
  expect(read).toEqual(new Date(instant));
  const shown = read.toLocaleString('fr-FR', { timeZone: 'Europe/Paris', dateStyle: 'short', timeStyle: 'short' });
  expect(shown).toBe(wall);
});
