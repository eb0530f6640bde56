import type { CallRef } from '../../domain/mail-data.js';

const saysItsYear = ({ title, year }: CallRef): boolean => title.includes(String(year));

/** « Appel à projets annuel – 2027 »; the title alone when it holds the year. */
export const callName = (call: CallRef): string => (saysItsYear(call) ? call.title : `${call.title} – ${call.year}`);

/** The same inside a sentence, between guillemets. */
export const quotedCall = (call: CallRef): string => `« ${call.title} »${saysItsYear(call) ? '' : ` (${call.year})`}`;
