import { ReasonRequired, reasonIn } from './reason.js';

/** Whether a dossier may be instructed; a refusal is always reasoned (CRPA, L. 211-2). */
export type Admissibility =
  | { readonly act: 'declare-admissible'; readonly reason: string | null }
  | { readonly act: 'declare-inadmissible'; readonly reason: string };

/** @throws ReasonRequired */
export function admissibilityOf(admissible: boolean, text: string | null | undefined): Admissibility {
  const reason = reasonIn(text);
  if (admissible) return { act: 'declare-admissible', reason };
  if (reason === null) throw new ReasonRequired('Donnez le motif : la structure doit savoir pourquoi son dossier est irrecevable.');
  return { act: 'declare-inadmissible', reason };
}
