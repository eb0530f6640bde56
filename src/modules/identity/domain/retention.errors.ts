import { RuleRefused, Unprocessable } from '../../../kernel/errors.js';

export class NoticeTooLong extends Unprocessable {
  constructor() {
    const sentence = 'Le préavis ne peut pas être plus long que la durée d’utilisation.';
    super('NOTICE_TOO_LONG', sentence, [{ pointer: '/noticeDays', code: 'NOTICE_TOO_LONG', detail: sentence }]);
  }
}

export class NoticeTooShort extends Unprocessable {
  constructor(least: number) {
    const sentence = `Chacun est prévenu ${least} jours au moins avant la fermeture de son compte.`;
    super('NOTICE_TOO_SHORT', sentence, [{ pointer: '/noticeDays', code: 'NOTICE_TOO_SHORT', detail: sentence }]);
  }
}

export class ProofTooShort extends Unprocessable {
  constructor(least: number) {
    const sentence = `Ce qui prouve l’envoi d’un message est gardé ${least} jours au moins, utilisation comprise.`;
    super('PROOF_TOO_SHORT', sentence, [{ pointer: '/archivedDays', code: 'PROOF_TOO_SHORT', detail: sentence }]);
  }
}

export class AccountErased extends RuleRefused {
  constructor() {
    super('ACCOUNT_ERASED', 'Ce compte a été effacé : il ne peut pas être rouvert. Invitez de nouveau la personne.');
  }
}
