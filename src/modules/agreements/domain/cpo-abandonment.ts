import type { Standing } from './tranche.js';

/** A year under negotiation, as its line stands. */
export interface NegotiatedYear {
  readonly year: number;
  readonly standing: Standing;
  /** What its state is called, in French. */
  readonly stateName: string;
}

/** Why there is nothing left to negotiate, for who reads the CPO; null as long as every year may still be granted. */
export function whyNothingIsLeft(
  dossier: { readonly state: string; readonly number: string },
  years: readonly NegotiatedYear[],
): string | null {
  const ended = years.find(({ standing }) => standing === 'ended');
  if (!ended) return null;
  if (dossier.state === 'withdrawn') return `Le dossier ${dossier.number} a été retiré : il n’y a plus rien à négocier.`;
  return `La ligne ${ended.year} est dans l’état « ${ended.stateName} » : une convention pluriannuelle n’est plus possible.`;
}
