import type { MailData, MailKind } from '../domain/mail-data.js';
import type { Asked } from './asked.js';

export type Reader<Kind extends MailKind> = (asked: Asked) => Promise<MailData[Kind] | null>;

/** Who reads what each kind of message says. Null: nothing is left to say. */
export type Readers = { readonly [Kind in MailKind]: Reader<Kind> };

/** All of them: see letters.wiring. */
export const LETTER_READERS = Symbol('LetterReaders');
