import { RuleRefused, type FieldError } from '../../../kernel/errors.js';
import { groupBy } from '../../../kernel/group-by.js';
import { folded, type DecisionRow, type Fault } from './decision-file.js';

export const IMPORT_STATES = ['previewed', 'applied'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];
export const ROW_STATUSES = ['matched', 'ambiguous', 'unknown', 'refused'] as const;
export type RowStatus = (typeof ROW_STATUSES)[number];

/** A row with what it was found to be about; only a matched one is recorded. */
export interface ImportedRow extends Omit<DecisionRow, 'fault'> {
  readonly status: RowStatus;
  readonly lineId: string | null;
  readonly code: string | null;
  readonly detail: string | null;
}

export interface DecisionImport {
  readonly id: string;
  readonly version: number;
  readonly funderId: string;
  readonly state: ImportState;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly appliedAt: Date | null;
  readonly rows: readonly ImportedRow[];
}

/** A line of the funder that a row may be about. */
export interface Candidate {
  readonly lineId: string;
  readonly dossierNumber: string;
  readonly actionTitle: string;
}

export class NothingToApply extends RuleRefused {
  constructor() {
    super('NOTHING_TO_APPLY', 'Aucune ligne de ce fichier ne peut être enregistrée : corrigez-le, puis renvoyez-le.');
  }
}

/** All or none: one that a rule refuses now refuses the whole. */
export class ImportRefused extends RuleRefused {
  constructor(faults: readonly { readonly line: number; readonly code: string; readonly detail: string }[]) {
    const fields: FieldError[] = faults.map(({ line, code, detail }) => ({ pointer: `/rows/${line}`, code, detail }));
    const [first] = faults;
    super(
      'IMPORT_REFUSED',
      `Rien n’a été enregistré : ${faults.length} décision(s) ne peuvent plus l’être depuis l’aperçu, à commencer par la ligne ${first?.line} : ${first?.detail}`,
      fields,
    );
  }
}

const UNKNOWN: Fault = { code: 'LINE_UNKNOWN', detail: 'Aucune demande à ce financeur ne porte ce numéro de dossier et cette action.' };
const AMBIGUOUS: Fault = {
  code: 'LINE_AMBIGUOUS',
  detail: 'Plusieurs demandes à ce financeur y répondent : précisez l’action, ou enregistrez cette décision à part.',
};
const TWICE: Fault = { code: 'LINE_TWICE', detail: 'Une autre ligne du fichier décide déjà de cette demande.' };

/**
 * What each row is about. `judge` says which rule refuses a row on the line that it names; null when it can be recorded. Two rows on one line:
 * the first counts.
 */
export function matchRows(
  rows: readonly DecisionRow[],
  candidates: readonly Candidate[],
  judge: (row: DecisionRow, lineId: string) => Fault | null,
): ImportedRow[] {
  const byDossier = groupBy(candidates, ({ dossierNumber }) => dossierNumber);
  const taken = new Set<string>();
  return rows.map((row) => {
    if (row.fault) return told(row, 'refused', null, row.fault);
    const title = folded(row.actionTitle);
    const found = (byDossier.get(row.dossierNumber) ?? []).filter(({ actionTitle }) => title === '' || folded(actionTitle) === title);
    const [only] = found;
    if (!only) return told(row, 'unknown', null, UNKNOWN);
    if (found.length > 1) return told(row, 'ambiguous', null, AMBIGUOUS);
    const fault = taken.has(only.lineId) ? TWICE : judge(row, only.lineId);
    if (!fault) taken.add(only.lineId);
    return told(row, fault ? 'refused' : 'matched', only.lineId, fault);
  });
}

function told({ fault: _, ...row }: DecisionRow, status: RowStatus, lineId: string | null, fault: Fault | null): ImportedRow {
  return { ...row, status, lineId, code: fault?.code ?? null, detail: fault?.detail ?? null };
}
