import type { MailData, MailKind } from '../domain/mail-data.js';
import type { Asked } from './asked.js';

type Read<Kind extends MailKind> = MailData[Kind] | null;

/** Reads for one message; or for all those of its kind that are written together, in their order. */
export type Reader<Kind extends MailKind> =
  ((asked: Asked) => Promise<Read<Kind>>) | { readonly together: (asked: readonly Asked[]) => Promise<readonly Read<Kind>[]> };

/** Who reads what each kind of message says. Null: nothing is left to say. */
export type Readers = { readonly [Kind in MailKind]: Reader<Kind> };

/** All of them: see letters.wiring. */
export const LETTER_READERS = Symbol('LetterReaders');
