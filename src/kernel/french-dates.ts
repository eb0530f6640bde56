import type { Day } from './day.js';

const PARIS = 'Europe/Paris';

const LONG_DAY = new Intl.DateTimeFormat('fr-FR', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' });
const LONG_INSTANT = new Intl.DateTimeFormat('fr-FR', {
  timeZone: PARIS,
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** `2027-01-15` → `15 janvier 2027`, `2027-03-01` → `1er mars 2027`. */
export function dayInFrench(day: Day): string {
  return firstOfMonth(LONG_DAY.format(new Date(`${day}T00:00:00Z`)));
}

/** An instant as people of Paris read it on their clock: `15 janvier 2027 à 10 h 30 (heure de Paris)`. */
export function instantInFrench(instant: Date): string {
  const parts = Object.fromEntries(LONG_INSTANT.formatToParts(instant).map((part) => [part.type, part.value]));
  const day = firstOfMonth(`${parts['day'] ?? ''} ${parts['month'] ?? ''} ${parts['year'] ?? ''}`);
  return `${day} à ${parts['hour'] ?? ''}\u00a0h\u00a0${parts['minute'] ?? ''} (heure de Paris)`;
}

function firstOfMonth(text: string): string {
  return text.replace(/^1 /u, '1er ');
}
