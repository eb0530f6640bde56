import { plusDays, type Day } from './day.js';

/** The legal holidays of metropolitan France (code du travail, art. L. 3133-1), in the order of the year. */
export function frenchHolidays(year: number): readonly Day[] {
  const easter = easterSunday(year);
  const moving = [1, 39, 50].map((days) => plusDays(easter, days));
  const fixed = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'].map((day) => `${year}-${day}`);
  return [...new Set([...fixed, ...moving])].sort();
}

/** Neither a Saturday, nor a Sunday, nor a holiday: jours ouvrés. */
export function isWorkingDay(day: Day): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !frenchHolidays(Number(day.slice(0, 4))).includes(day);
}

/** The working day that is `count` working days before `day`; `day` itself does not count. */
export function workingDaysBefore(day: Day, count: number): Day {
  let at = day;
  for (let left = count; left > 0;) {
    at = plusDays(at, -1);
    if (isWorkingDay(at)) left--;
  }
  return at;
}

/** By the Gregorian computus (Meeus, Jones, Butcher). */
function easterSunday(year: number): Day {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
  const [month, day] = [Math.floor(f / 31), (f % 31) + 1];
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
