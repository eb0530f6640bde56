import { RuleRefused, Unprocessable } from '../../../kernel/errors.js';
import type { Day } from '../../../kernel/day.js';
import { dayInFrench } from '../../../kernel/french-dates.js';
import { inFrench } from '../../../kernel/money.js';

export class NotProgramme147 extends RuleRefused {
  constructor() {
    super('NOT_PROGRAMME_147', 'Cette ligne ne relève pas du programme 147 : son financeur enregistre lui-même sa décision.');
  }
}

export class Programme147NeedsApproval extends RuleRefused {
  constructor() {
    super(
      'PROGRAMME_147_NEEDS_APPROVAL',
      "Une ligne du programme 147 se propose puis s'accorde, par deux personnes : sa décision ne s'enregistre pas en une fois.",
    );
  }
}

export class AmountNotPositive extends Unprocessable {
  constructor() {
    const sentence = 'Le montant doit être supérieur à zéro ; pour ne rien accorder, refusez la ligne.';
    super('AMOUNT_NOT_POSITIVE', sentence, [{ pointer: '/amountCents', code: 'AMOUNT_NOT_POSITIVE', detail: sentence }]);
  }
}

export class AmountAboveRequest extends RuleRefused {
  constructor(amountCents: bigint, requestedCents: bigint) {
    super(
      'AMOUNT_ABOVE_REQUEST',
      `${inFrench(amountCents)} dépassent les ${inFrench(requestedCents)} demandés : ce montant est le plus qui puisse être accordé.`,
    );
  }
}

export class ReasonRequired extends Unprocessable {
  constructor() {
    const sentence = 'Donnez le motif : une décision négative ou un retour en arrière est toujours motivé.';
    super('REASON_REQUIRED', sentence, [{ pointer: '/reason', code: 'REASON_REQUIRED', detail: sentence }]);
  }
}

export class HeldByCpo extends RuleRefused {
  constructor() {
    super(
      'HELD_BY_CPO',
      "Cette ligne est une tranche de convention pluriannuelle (CPO) : elle se réserve, s'accorde et prend fin par les actes de la CPO.",
    );
  }
}

export class FourEyes extends RuleRefused {
  constructor() {
    super('FOUR_EYES', "Vous avez proposé ce montant : une autre personne doit l'accorder.");
  }
}

/** Undoing an approval takes the right to have given it. */
export type ApprovalAct = 'approve' | 'undo';

const byPrefecture = (act: ApprovalAct): string =>
  act === 'approve' ? 'la préfecture doit accorder cette ligne' : 'la préfecture seule peut revenir sur cet accord';

export class NoDelegation extends RuleRefused {
  constructor(act: ApprovalAct) {
    super('NO_DELEGATION', `Vous n'avez pas de délégation de signature en vigueur pour cette ligne : ${byPrefecture(act)}.`);
  }
}

export class DelegationExceeded extends RuleRefused {
  constructor(amountCents: bigint, ceilingCents: bigint, act: ApprovalAct) {
    const [amount, ceiling] = [inFrench(amountCents), inFrench(ceilingCents)];
    super('DELEGATION_EXCEEDED', `${amount} dépassent votre délégation de signature, qui s'arrête à ${ceiling} : ${byPrefecture(act)}.`);
  }
}

export class DecidedInFuture extends Unprocessable {
  constructor() {
    const sentence = 'La date de la décision ne peut pas être à venir : enregistrez-la une fois prise.';
    super('DECIDED_IN_FUTURE', sentence, [{ pointer: '/decidedOn', code: 'DECIDED_IN_FUTURE', detail: sentence }]);
  }
}

export class DecidedTooEarly extends Unprocessable {
  constructor(earliest: Day) {
    const sentence = `La décision ne peut pas être antérieure au ${dayInFrench(earliest)}, pour cet appel à projets : vérifiez l'année.`;
    super('DECIDED_TOO_EARLY', sentence, [{ pointer: '/decidedOn', code: 'DECIDED_TOO_EARLY', detail: sentence }]);
  }
}
