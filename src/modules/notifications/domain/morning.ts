const PARIS_HOUR = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Paris', hour: '2-digit', hourCycle: 'h23' });
const FIRST_HOUR = 7;

/** What is told once a day leaves from seven o'clock in Paris on: nobody's telephone rings at night for it. */
export function isMorningCome(now: Date): boolean {
  return Number(PARIS_HOUR.format(now)) >= FIRST_HOUR;
}
