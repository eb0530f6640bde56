import type { Day } from '../../../kernel/day.js';
import { Unprocessable } from '../../../kernel/errors.js';
import { dayInFrench } from '../../../kernel/french-dates.js';

export class IssuedInTheFuture extends Unprocessable {
  constructor() {
    const sentence = 'Ce document ne peut pas être daté d’après aujourd’hui.';
    super('ISSUED_IN_THE_FUTURE', sentence, [{ pointer: '/issuedOn', code: 'ISSUED_IN_THE_FUTURE', detail: sentence }]);
  }
}

export class ValidityEndsBeforeIssue extends Unprocessable {
  constructor() {
    const sentence = 'Ce document ne peut pas cesser d’être valable avant sa date.';
    super('VALIDITY_ENDS_BEFORE_ISSUE', sentence, [{ pointer: '/validUntil', code: 'VALIDITY_ENDS_BEFORE_ISSUE', detail: sentence }]);
  }
}

export class DocumentAlreadyExpired extends Unprocessable {
  constructor(end: Day) {
    const sentence = `Ce document valait jusqu’au ${dayInFrench(end)} : donnez-en un plus récent.`;
    super('DOCUMENT_ALREADY_EXPIRED', sentence, [{ pointer: '/validUntil', code: 'DOCUMENT_ALREADY_EXPIRED', detail: sentence }]);
  }
}
