import { RuleRefused, Unprocessable } from '../../../kernel/errors.js';

/** The State decides on what was found admissible only. */
export class DossierNotAdmissible extends RuleRefused {
  constructor(number: string) {
    super('DOSSIER_NOT_ADMISSIBLE', `Le dossier ${number} n’est pas (ou plus) recevable : la commune doit d’abord se prononcer.`);
  }
}

/** A signatory is verified on evidence before its attestation counts for an approval. */
export class SignatoryNotVerified extends RuleRefused {
  constructor(number: string) {
    super(
      'SIGNATORY_NOT_VERIFIED',
      `La qualité du signataire du dossier ${number} n’a pas été vérifiée sur pièce : faites-la vérifier avant d’accorder cette ligne.`,
    );
  }
}

export class WrongSector extends Unprocessable {
  constructor() {
    const sentence = 'Ce secteur n’est pas dans le département de ce financeur.';
    super('WRONG_SECTOR', sentence, [{ pointer: '/sectorCode', code: 'WRONG_SECTOR', detail: sentence }]);
  }
}

export class DelegationEndsBeforeStart extends Unprocessable {
  constructor() {
    const sentence = 'Une délégation prend fin après avoir commencé.';
    super('DELEGATION_ENDS_BEFORE_START', sentence, [{ pointer: '/validUntil', code: 'DELEGATION_ENDS_BEFORE_START', detail: sentence }]);
  }
}

export class DelegationToSelf extends RuleRefused {
  constructor() {
    super('DELEGATION_TO_SELF', 'Nul ne se délègue sa propre signature.');
  }
}

export class DelegationOverlaps extends RuleRefused {
  constructor() {
    super('DELEGATION_OVERLAPS', 'Cette personne a déjà une délégation pour ce financeur et ce secteur sur une partie de ces dates.');
  }
}

export class DelegationNotShortened extends Unprocessable {
  constructor() {
    const sentence = 'Mettre fin à une délégation avance son dernier jour ; pour la prolonger, donnez-en une nouvelle.';
    super('DELEGATION_NOT_SHORTENED', sentence, [{ pointer: '/endsOn', code: 'DELEGATION_NOT_SHORTENED', detail: sentence }]);
  }
}

export class DelegationEndsInPast extends Unprocessable {
  constructor() {
    const sentence = 'Une délégation prend fin hier au plus tôt : ce qui a été signé avant l’a été valablement.';
    super('DELEGATION_ENDS_IN_PAST', sentence, [{ pointer: '/endsOn', code: 'DELEGATION_ENDS_IN_PAST', detail: sentence }]);
  }
}

export class NotADelegate extends RuleRefused {
  constructor() {
    super(
      'NOT_A_DELEGATE',
      'Cette personne ne tient pas le rôle de délégué·e de la préfète sur ce secteur ou ce département : accordez-lui d’abord ce rôle.',
    );
  }
}
