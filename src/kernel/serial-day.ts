import { type Day, plusDays } from './day.js';

/** Excel counts a 29 February 1900 that never was: from March on, day 1 falls on 31 December 1899. */
const EPOCH: Day = '1899-12-30';
const FIRST_SURE = 61;
/** 31 December 2199. */
const LAST = 109_574;

/** The day of a spreadsheet's serial date (1900 system), whatever the hour in it; null when it is none. */
export function dayOfSerial(text: string): Day | null {
  const whole = /^(\d{1,6})(?:\.\d+)?$/.exec(text)?.[1];
  const serial = Number(whole ?? NaN);
  return serial >= FIRST_SURE && serial <= LAST ? plusDays(EPOCH, serial) : null;
}
