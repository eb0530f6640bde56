import type { Day } from '../../../kernel/day.js';
import { type FieldError, RuleRefused, Unprocessable } from '../../../kernel/errors.js';
import { dayInFrench } from '../../../kernel/french-dates.js';
import { inFrench } from '../../../kernel/money.js';

const oneField = (pointer: string, code: string, detail: string): FieldError[] => [{ pointer, code, detail }];

export class NothingToReport extends RuleRefused {
  constructor(year: number) {
    super(
      'NOTHING_TO_REPORT',
      `Aucun financement de cette action n'a été accordé et annoncé pour ${year} : il n'y a pas de bilan à rendre.`,
    );
  }
}

/** A grant is justified once its signed act reached the beneficiary. */
export class NothingToJustify extends RuleRefused {
  constructor(year: number) {
    super(
      'NOTHING_TO_JUSTIFY',
      `Aucun financement de cette action n'est encore notifié pour ${year} : le bilan se dépose après la notification.`,
    );
  }
}

export class ReportExists extends RuleRefused {
  constructor(year: number) {
    super('REPORT_EXISTS', `Le bilan ${year} de cette action existe déjà : il n'y en a qu'un, pour tous ses financeurs.`);
  }
}

export class NotAnInterimYear extends Unprocessable {
  constructor(year: number) {
    const sentence = `L'action ne continue pas après ${year} : son bilan est final.`;
    super('NOT_AN_INTERIM_YEAR', sentence, oneField('/kind', 'NOT_AN_INTERIM_YEAR', sentence));
  }
}

export class ReportRowsInvalid extends Unprocessable {
  constructor(fields: readonly FieldError[]) {
    super(
      'REPORT_ROWS_INVALID',
      'Des lignes du compte rendu financier ne peuvent pas être enregistrées : voyez le détail de chacune.',
      fields,
    );
  }
}

export class ReportInvalid extends Unprocessable {
  constructor(fields: readonly FieldError[]) {
    super('REPORT_INVALID', 'Le bilan ne peut pas être enregistré : voyez le détail de chaque champ.', fields);
  }
}

export class ReportIncomplete extends RuleRefused {
  constructor(missing: readonly FieldError[]) {
    const points = missing.length === 1 ? 'un point reste' : `${missing.length} points restent`;
    super('REPORT_INCOMPLETE', `Le bilan n'est pas complet : ${points} à corriger avant le dépôt.`, missing);
  }
}

export class ExactnessNotAttested extends Unprocessable {
  constructor() {
    const sentence = 'Attestez que les informations du bilan sont exactes et sincères.';
    super('ATTESTATION_INCOMPLETE', sentence, oneField('/exactness', 'DECLARATION_MISSING', sentence));
  }
}

export class ReasonMissing extends Unprocessable {
  constructor() {
    const sentence = 'Donnez le motif : la structure doit savoir pourquoi.';
    super('REASON_REQUIRED', sentence, oneField('/reason', 'REASON_REQUIRED', sentence));
  }
}

export class NotALineOfReport extends Unprocessable {
  constructor() {
    const sentence = "Cette ligne de financement n'est pas de celles que ce bilan justifie.";
    super('NOT_A_LINE_OF_REPORT', sentence, oneField('/fundingLineId', 'NOT_A_LINE_OF_REPORT', sentence));
  }
}

export class RepaymentStillDue extends RuleRefused {
  constructor(amountCents: bigint) {
    super(
      'REPAYMENT_STILL_DUE',
      `${inFrench(amountCents)} payés sont à reverser sur cette ligne : demandez-en le reversement (ou renoncez-y ensuite, avec un motif) avant de la solder.`,
    );
  }
}

export class RepaymentAboveAsked extends RuleRefused {
  constructor(amountCents: bigint, leftCents: bigint) {
    super(
      'REPAYMENT_ABOVE_ASKED',
      `Il reste ${inFrench(leftCents)} à recevoir sur ce reversement : ${inFrench(amountCents)} en dépassent.`,
    );
  }
}

export class RepaymentNotPositive extends Unprocessable {
  constructor() {
    const sentence = 'Le montant doit être supérieur à zéro.';
    super('AMOUNT_NOT_POSITIVE', sentence, oneField('/amountCents', 'AMOUNT_NOT_POSITIVE', sentence));
  }
}

export class RepaymentMoreThanPaid extends RuleRefused {
  constructor(amountCents: bigint, paidCents: bigint) {
    super(
      'REPAYMENT_ABOVE_PAID',
      `Seuls ${inFrench(paidCents)} ont été payés sur cette ligne : ${inFrench(amountCents)} ne peuvent pas être demandés.`,
    );
  }
}

export class RepaymentEnded extends RuleRefused {
  constructor(state: string) {
    super('REPAYMENT_ENDED', `Ce reversement est ${state} : plus rien n'y est attendu.`);
  }
}

export class RepaymentDueInPast extends Unprocessable {
  constructor(today: Day) {
    const sentence = `L'échéance d'un reversement ne peut pas être passée : au plus tôt le ${dayInFrench(today)}.`;
    super('DUE_IN_PAST', sentence, oneField('/dueOn', 'DUE_IN_PAST', sentence));
  }
}

export class ReceivedInFuture extends Unprocessable {
  constructor() {
    const sentence = 'Un reversement se constate une fois reçu : sa date ne peut pas être à venir.';
    super('RECEIVED_IN_FUTURE', sentence, oneField('/receivedOn', 'RECEIVED_IN_FUTURE', sentence));
  }
}

export class ReceiptAlreadyRecorded extends RuleRefused {
  constructor(reference: string) {
    super('RECEIPT_ALREADY_RECORDED', `Une recette « ${reference} » est déjà enregistrée sur ce reversement.`);
  }
}

export class DateChangeInvalid extends Unprocessable {
  constructor(code: 'DATES_INVERTED' | 'DATES_UNCHANGED', pointer: '/endsOn' | '/startsOn', sentence: string) {
    super(code, sentence, oneField(pointer, code, sentence));
  }
}

export class DateChangeAlreadyAsked extends RuleRefused {
  constructor() {
    super('DATE_CHANGE_ALREADY_ASKED', 'Un changement de dates est déjà demandé pour cette action : attendez la réponse.');
  }
}

/** Before the notification the dossier is corrected; after the report there is nothing left to move. */
export class DatesNotMovable extends RuleRefused {
  constructor() {
    super(
      'DATES_NOT_MOVABLE',
      "Les dates d'une action ne se changent ainsi qu'entre la notification d'un de ses financements et le dépôt de son bilan.",
    );
  }
}

export class DateChangeDecided extends RuleRefused {
  constructor() {
    super('DATE_CHANGE_DECIDED', 'Cette demande a déjà reçu sa réponse.');
  }
}

export class TooManyAttachments extends RuleRefused {
  constructor(most: number) {
    super('TOO_MANY_ATTACHMENTS', `Un bilan porte ${most} fichiers au plus : retirez-en un d’abord.`);
  }
}
