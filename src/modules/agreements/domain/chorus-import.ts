import type { Day } from '../../../kernel/day.js';
import { next, type TransitionTable, type Words } from '../../../kernel/transitions.js';

export type ChorusImportState = 'reading' | 'unreadable' | 'previewed' | 'applying' | 'applied' | 'reversing' | 'reversed';
export type ChorusImportAct = 'preview' | 'give-up' | 'resolve' | 'confirm' | 'finish' | 'reverse' | 'finish-reversal' | 'leave-some';

/** Applying and reversing go on in the background, and may be asked again when they were stopped on the way. */
export const CHORUS_IMPORT_TRANSITIONS: TransitionTable<ChorusImportState, ChorusImportAct> = {
  reading: { preview: 'previewed', 'give-up': 'unreadable' },
  unreadable: {},
  previewed: { resolve: 'previewed', confirm: 'applying' },
  applying: { confirm: 'applying', finish: 'applied', reverse: 'reversing' },
  applied: { resolve: 'applied', confirm: 'applying', reverse: 'reversing' },
  reversing: { reverse: 'reversing', 'finish-reversal': 'reversed', 'leave-some': 'applied' },
  reversed: {},
};

const WORDS: Words<ChorusImportState, ChorusImportAct> = {
  states: {
    reading: 'en lecture',
    unreadable: 'illisible',
    previewed: 'à confirmer',
    applying: 'en cours d’application',
    applied: 'appliqué',
    reversing: 'en cours d’annulation',
    reversed: 'annulé',
  },
  acts: {
    preview: 'prévisualiser',
    'give-up': 'écarter',
    resolve: 'rapprocher une ligne',
    confirm: 'confirmer',
    finish: 'finir d’appliquer',
    reverse: 'annuler',
    'finish-reversal': 'finir d’annuler',
    'leave-some': 'laisser ce qui ne peut pas être annulé',
  },
};

/** @throws ActNotAllowed */
export function nextImportState(from: ChorusImportState, act: ChorusImportAct): ChorusImportState {
  return next(CHORUS_IMPORT_TRANSITIONS, from, act, WORDS);
}

export const CHORUS_IMPORT_STATES = Object.keys(CHORUS_IMPORT_TRANSITIONS) as readonly ChorusImportState[];

/** One extraction of Chorus, from its reading on. */
export interface ChorusImport {
  readonly id: string;
  readonly fileId: string;
  /** The départements whose lines it may touch. */
  readonly departmentCodes: readonly string[];
  readonly state: ChorusImportState;
  readonly version: number;
  /** Why it could not be read, or what of it could not be reversed. */
  readonly failure: string | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly confirmedBy: string | null;
  readonly confirmedAt: Date | null;
  readonly reversedBy: string | null;
  readonly reversedAt: Date | null;
  readonly reversalReason: string | null;
}

export const CHORUS_ROW_STATUSES = [
  ...['matched', 'ambiguous', 'unknown', 'duplicate', 'already-applied', 'refused', 'ignored', 'applied', 'reversed'],
] as const;
export type ChorusRowStatus =
  'matched' | 'ambiguous' | 'unknown' | 'duplicate' | 'already-applied' | 'refused' | 'ignored' | 'applied' | 'reversed';

/** A row of the extraction, as it was read. Texts are empty and the rest null where nothing could be read. */
export interface ChorusEntry {
  readonly sheet: string;
  readonly rowNumber: number;
  readonly ej: string;
  readonly ejItem: string;
  readonly dp: string;
  readonly dpItem: string;
  readonly year: number | null;
  readonly siret: string;
  readonly supplier: string;
  readonly amountCents: bigint | null;
  readonly paidOn: Day | null;
}

/** Whether a person may still say what a row is: not once it counts, nor when it was counted elsewhere or can't be read. */
export function isOpen(row: Pick<ChorusEntry, 'year' | 'amountCents' | 'paidOn'> & { readonly status: ChorusRowStatus }): boolean {
  const isReadable = row.year !== null && row.paidOn !== null && row.amountCents !== null && row.amountCents > 0n;
  return isReadable && ['matched', 'ambiguous', 'unknown', 'refused', 'ignored'].includes(row.status);
}
