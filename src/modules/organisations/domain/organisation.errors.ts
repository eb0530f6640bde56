import { RuleRefused, Unprocessable } from '../../../kernel/errors.js';

/** A SIRET is public: this says that the organisation is here, and nothing else of it. */
export class SiretAlreadyKnown extends RuleRefused {
  constructor() {
    super('SIRET_ALREADY_KNOWN', 'Une structure porte déjà ce numéro SIRET : cherchez-la par ce numéro, puis demandez à la rejoindre.');
  }
}

export class UnknownCommune extends Unprocessable {
  constructor() {
    const sentence = 'Ce code INSEE n’est pas celui d’une commune du territoire. Laissez-le vide si le siège est ailleurs.';
    super('UNKNOWN_COMMUNE', sentence, [{ pointer: '/inseeCode', code: 'UNKNOWN_COMMUNE', detail: sentence }]);
  }
}

export class AlreadyMember extends RuleRefused {
  constructor() {
    super('ALREADY_MEMBER', 'Vous êtes déjà membre de cette structure, ou votre demande y attend une réponse.');
  }
}

export class OwnMembership extends RuleRefused {
  constructor() {
    super('OWN_MEMBERSHIP', 'Personne ne décide de sa propre place dans une structure : demandez-le à quelqu’un d’autre.');
  }
}

export class NotASignatory extends RuleRefused {
  constructor() {
    super('NOT_A_SIGNATORY', 'Cette personne n’est pas signataire de la structure : donnez-lui d’abord ce rôle.');
  }
}

export class SignatoryAlreadyVerified extends RuleRefused {
  constructor() {
    super('SIGNATORY_ALREADY_VERIFIED', 'La qualité de signataire de cette personne est déjà vérifiée.');
  }
}

export class RecusalAlreadyDeclared extends RuleRefused {
  constructor() {
    super('RECUSAL_ALREADY_DECLARED', 'Vous avez déjà déclaré un conflit d’intérêts avec cette structure.');
  }
}
