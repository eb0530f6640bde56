import type { FieldError } from '../../../kernel/errors.js';
import type { Budget } from './budget.js';

/** A funder a budget may name. */
export interface KnownFunder {
  readonly name: string;
  /** What it can be asked for; empty when nothing is to be said. */
  readonly schemes: readonly string[];
}

/** The rows that name a funder that does not exist, or a scheme it does not have; a scheme may always be left out. `known` by id. */
export function wrongFunders({ products }: Budget, known: ReadonlyMap<string, KnownFunder>): FieldError[] {
  return products.flatMap(({ funderId, scheme }, index): FieldError[] => {
    if (!funderId) return [];
    const funder = known.get(funderId);
    if (!funder) {
      const detail = 'Ce financeur n’existe pas : choisissez-le dans la liste des financeurs.';
      return [{ pointer: `/products/${index}/funderId`, code: 'UNKNOWN_FUNDER', detail }];
    }
    if (!scheme || funder.schemes.includes(scheme)) return [];
    return [{ pointer: `/products/${index}/scheme`, code: 'UNKNOWN_SCHEME', detail: unknownScheme(scheme, funder) }];
  });
}

function unknownScheme(scheme: string, { name, schemes }: KnownFunder): string {
  if (schemes.length === 0) return `« ${name} » n’a pas de dispositif à préciser : laissez ce champ vide.`;
  return `« ${scheme} » n’est pas un dispositif de « ${name} ». Choisissez parmi : ${schemes.join(' ; ')}.`;
}
