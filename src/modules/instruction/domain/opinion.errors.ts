import { RuleRefused, Unprocessable } from '../../../kernel/errors.js';
import { inFrench } from '../../../kernel/money.js';

export class DossierNotInstructed extends RuleRefused {
  constructor() {
    super(
      'DOSSIER_NOT_INSTRUCTED',
      'Ce dossier ne reçoit pas d’avis en ce moment : un complément est attendu, ou il est irrecevable, retiré ou clos.',
    );
  }
}

export class LineNotOpen extends RuleRefused {
  constructor() {
    super('LINE_NOT_OPEN', 'Cette ligne ne reçoit plus d’avis : elle est décidée, écartée ou retirée.');
  }
}

export class AmountWithUnfavourable extends Unprocessable {
  constructor() {
    const sentence = 'Un avis défavorable ne propose pas de montant : retirez-le, ou donnez un avis réservé.';
    super('AMOUNT_WITH_UNFAVOURABLE', sentence, [{ pointer: '/proposedCents', code: 'AMOUNT_WITH_UNFAVOURABLE', detail: sentence }]);
  }
}

export class AmountAboveRequest extends RuleRefused {
  constructor(proposedCents: bigint, requestedCents: bigint) {
    super(
      'AMOUNT_ABOVE_REQUEST',
      `${inFrench(proposedCents)} dépassent les ${inFrench(requestedCents)} demandés : proposez ce montant au plus.`,
    );
  }
}
