import type { Day } from '../../../kernel/day.js';
import { RuleRefused, Unprocessable } from '../../../kernel/errors.js';
import { dayInFrench } from '../../../kernel/french-dates.js';
import { inFrench } from '../../../kernel/money.js';

export class WrongCpoYears extends Unprocessable {
  constructor() {
    const sentence = 'Une convention pluriannuelle porte sur trois ou quatre années qui se suivent.';
    super('WRONG_CPO_YEARS', sentence, [{ pointer: '/years', code: 'WRONG_CPO_YEARS', detail: sentence }]);
  }
}

export class WrongTranches extends Unprocessable {
  constructor(sentence = 'Donnez un montant supérieur à zéro pour chacune des années de la convention, et pour elles seules.') {
    super('WRONG_TRANCHES', sentence, [{ pointer: '/tranches', code: 'WRONG_TRANCHES', detail: sentence }]);
  }
}

export class LineMissing extends RuleRefused {
  constructor(year: number) {
    super('LINE_MISSING', `Le budget ${year} de l’action ne demande rien à ce financeur : il n’y a pas de ligne à lier à la convention.`);
  }
}

export class LineNotFree extends RuleRefused {
  constructor(year: number) {
    super(
      'LINE_NOT_FREE',
      `La ligne ${year} est déjà proposée, décidée, terminée ou tenue par une autre convention : elle ne peut pas être liée.`,
    );
  }
}

export class TrancheAboveRequest extends RuleRefused {
  constructor(year: number, amountCents: bigint, requestedCents: bigint) {
    super('TRANCHE_ABOVE_REQUEST', `${inFrench(amountCents)} dépassent les ${inFrench(requestedCents)} demandés pour ${year}.`);
  }
}

export class CpoAlreadyLive extends RuleRefused {
  constructor() {
    super('CPO_ALREADY_LIVE', 'Cette action a déjà une convention pluriannuelle en vie avec ce financeur pour ce dispositif.');
  }
}

export class SignedInFuture extends Unprocessable {
  constructor(pointer: '/signedOn' | '/beneficiarySignedOn') {
    const sentence = 'Une signature ne peut pas être à venir : enregistrez-la une fois donnée.';
    super('SIGNED_IN_FUTURE', sentence, [{ pointer, code: 'SIGNED_IN_FUTURE', detail: sentence }]);
  }
}

export class CpoOnPaperAlready extends RuleRefused {
  constructor() {
    super('CPO_ON_PAPER', 'L’acte de cette convention est préparé : signez-le, ou annulez-le pour reprendre la négociation.');
  }
}

export class FirstTrancheNotGranted extends RuleRefused {
  constructor(year: number) {
    super(
      'FIRST_TRANCHE_NOT_GRANTED',
      `La ligne ${year} n’est pas accordée : la première tranche ne peut pas être confirmée par la signature.`,
    );
  }
}

export class FirstTrancheDiffers extends RuleRefused {
  constructor(amountCents: bigint, grantedCents: bigint) {
    super(
      'FIRST_TRANCHE_DIFFERS',
      `La première tranche est de ${inFrench(amountCents)}, et sa ligne est accordée pour ${inFrench(grantedCents)} : accordez les deux.`,
    );
  }
}

export class FirstTrancheNotCommitted extends RuleRefused {
  constructor(amountCents: bigint, committedCents: bigint) {
    super(
      'FIRST_TRANCHE_NOT_COMMITTED',
      `L’enveloppe n’engage que ${inFrench(committedCents)} des ${inFrench(amountCents)} de la première tranche : ses crédits ne sont pas ouverts.`,
    );
  }
}

export class TrancheNotOpen extends RuleRefused {
  constructor(year: number) {
    super('TRANCHE_NOT_OPEN', `Le bilan intermédiaire ${year - 1} n’est pas accepté : la tranche ${year} n’est pas encore ouverte.`);
  }
}

export class TrancheUnfunded extends RuleRefused {
  constructor(year: number) {
    super('TRANCHE_UNFUNDED', `Aucun crédit ${year} n’est réservé pour cette tranche : réservez-la d’abord sur une enveloppe.`);
  }
}

export class NoRoomForTranche extends RuleRefused {
  constructor(why: string) {
    super('NO_ROOM_FOR_TRANCHE', why);
  }
}

export class TrancheAlreadyConfirmed extends RuleRefused {
  constructor(year: number) {
    super('TRANCHE_ALREADY_CONFIRMED', `La tranche ${year} est déjà confirmée : son montant ne change plus que par un avenant à son acte.`);
  }
}

export class TrancheEnded extends RuleRefused {
  constructor(year: number) {
    super('TRANCHE_ENDED', `La ligne ${year} a pris fin : cette tranche ne peut plus être réservée, changée ni confirmée.`);
  }
}

export class TerminatedTooEarly extends Unprocessable {
  constructor(signedOn: Day) {
    const sentence = `La résiliation ne peut pas prendre effet avant la signature, le ${dayInFrench(signedOn)}.`;
    super('TERMINATED_TOO_EARLY', sentence, [{ pointer: '/effectiveOn', code: 'TERMINATED_TOO_EARLY', detail: sentence }]);
  }
}

export class CpoNotOver extends RuleRefused {
  constructor(lastYear: number) {
    super(
      'CPO_NOT_OVER',
      `La convention court jusqu’au 31 décembre ${lastYear}, et sa dernière tranche n’est pas soldée : pour l’arrêter avant, résiliez-la.`,
    );
  }
}

export class NoRenewal extends RuleRefused {
  constructor() {
    super('NO_RENEWAL', 'Seule une convention signée et menée à son terme se renouvelle.');
  }
}
