import { RuleRefused } from '../../../kernel/errors.js';
import { inFrench } from '../../../kernel/money.js';

export class PocketLimitUnknown extends RuleRefused {
  constructor(departmentCode: string, year: number) {
    super(
      'POCKET_LIMIT_UNKNOWN',
      `L’action vise une poche de pauvreté, et le montant du programme 147 du département ${departmentCode} pour ${year} n’est pas saisi : ` +
        'la préfecture le saisit d’abord, avec sa source.',
    );
  }
}

export class PocketLimitExceeded extends RuleRefused {
  constructor(departmentCode: string, year: number, limit: { limitCents: bigint; usedCents: bigint }, askedCents: bigint) {
    const [most, used, left, asked] = [limit.limitCents, limit.usedCents, limit.limitCents - limit.usedCents, askedCents].map(inFrench);
    super(
      'POCKET_LIMIT_EXCEEDED',
      `Les poches de pauvreté ne peuvent recevoir que 2,5 % du programme 147 du département ${departmentCode} pour ${year}, soit ${most} ; ` +
        `${used} sont déjà retenus ou accordés : il reste ${left}, et il en faudrait ${asked}.`,
    );
  }
}

export class PocketLimitBelowUse extends RuleRefused {
  constructor(limitCents: bigint, usedCents: bigint) {
    super(
      'POCKET_LIMIT_BELOW_USE',
      `2,5 % de ce montant font ${inFrench(limitCents)}, et ${inFrench(usedCents)} sont déjà retenus ou accordés aux poches de pauvreté.`,
    );
  }
}
