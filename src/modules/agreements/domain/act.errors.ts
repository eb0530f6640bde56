import type { Day } from '../../../kernel/day.js';
import { RuleRefused, Unprocessable } from '../../../kernel/errors.js';
import { dayInFrench } from '../../../kernel/french-dates.js';

function onField(code: string, sentence: string, field: string): [string, string, { pointer: string; code: string; detail: string }[]] {
  return [code, sentence, [{ pointer: `/${field}`, code, detail: sentence }]];
}

export class DayInFuture extends Unprocessable {
  constructor(field: string) {
    super(...onField('DAY_IN_FUTURE', 'Cette date est à venir : on n’enregistre que ce qui est fait.', field));
  }
}

export class SignedBeforePrepared extends Unprocessable {
  constructor(preparedOn: Day) {
    const sentence = `Cet acte a été préparé le ${dayInFrench(preparedOn)} : il n’a pas pu être signé avant.`;
    super(...onField('SIGNED_BEFORE_PREPARED', sentence, 'signedOn'));
  }
}

export class NotifiedBeforeSigned extends Unprocessable {
  constructor(signedOn: Day) {
    super(
      ...onField(
        'NOTIFIED_BEFORE_SIGNED',
        `Cet acte a été signé le ${dayInFrench(signedOn)} : il n’a pas pu être notifié avant.`,
        'notifiedOn',
      ),
    );
  }
}

/** An agreement binds two: it reaches the beneficiary once both have signed. */
export class BeneficiarySignatureMissing extends RuleRefused {
  constructor(number: string) {
    super(
      'BENEFICIARY_SIGNATURE_MISSING',
      `L’acte ${number} se signe à deux : dites quel jour le bénéficiaire l’a signé (beneficiarySignedOn).`,
    );
  }
}

export class BeneficiaryDoesNotSign extends Unprocessable {
  constructor() {
    super(
      ...onField(
        'BENEFICIARY_DOES_NOT_SIGN',
        'Le bénéficiaire ne signe pas cet acte, qui est celui du financeur seul.',
        'beneficiarySignedOn',
      ),
    );
  }
}

export class ScanIncomplete extends Unprocessable {
  constructor(fields: readonly string[]) {
    const sentence = 'D’une copie signée, dites le fichier, le numéro imprimé et qui a signé pour le financeur.';
    super(
      'SCAN_INCOMPLETE',
      sentence,
      fields.map((field) => ({ pointer: `/${field}`, code: 'SCAN_INCOMPLETE', detail: sentence })),
    );
  }
}

export class OnlyForScan extends Unprocessable {
  constructor(fields: readonly string[]) {
    const sentence = 'Ceci ne se dit que d’une copie signée (method: scan) : sur la plateforme, c’est vous qui signez.';
    super(
      'ONLY_FOR_SCAN',
      sentence,
      fields.map((field) => ({ pointer: `/${field}`, code: 'ONLY_FOR_SCAN', detail: sentence })),
    );
  }
}

export class ActNumberMismatch extends Unprocessable {
  constructor(number: string) {
    super(...onField('ACT_NUMBER_MISMATCH', `Cette copie n’est pas celle de l’acte ${number} : elle porte un autre numéro.`, 'number'));
  }
}

export class ScanNotPdf extends Unprocessable {
  constructor() {
    super(...onField('SCAN_NOT_PDF', 'La copie signée d’un acte est un PDF.', 'fileId'));
  }
}

export class NotAmendable extends RuleRefused {
  constructor(number: string) {
    super('NOT_AMENDABLE', `L’acte ${number} ne se modifie pas par avenant : seul un arrêté ou une convention déjà notifié s’amende.`);
  }
}

export class AmendmentPending extends RuleRefused {
  constructor(number: string) {
    super('AMENDMENT_PENDING', `L’avenant ${number} attend déjà d’être signé sur l’une de ces lignes : signez-le ou annulez-le d’abord.`);
  }
}

export class LineNotInAct extends Unprocessable {
  constructor(rank: number) {
    super(...onField('LINE_NOT_IN_ACT', 'Cette ligne n’est pas de l’acte à modifier.', `lines/${rank}/lineId`));
  }
}

export class NothingAmended extends Unprocessable {
  constructor(rank: number) {
    super(
      ...onField(
        'NOTHING_AMENDED',
        'Cette ligne a déjà ce montant : un avenant ne nomme que ce qu’il change.',
        `lines/${rank}/amountCents`,
      ),
    );
  }
}
