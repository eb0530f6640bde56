import { Forbidden, RuleRefused, Unprocessable } from '../../../kernel/errors.js';

/** Said only to who gave the right password. */
export class EmailNotConfirmed extends Forbidden {
  constructor() {
    super(
      'Confirmez d’abord votre adresse électronique, par le lien reçu à l’inscription. Inscrivez-vous de nouveau pour en recevoir un autre.',
      'EMAIL_NOT_CONFIRMED',
    );
  }
}

/** Said only to who gave the right password. */
export class AccountDisabled extends Forbidden {
  constructor() {
    super('Votre compte a été fermé. Adressez-vous à l’administration de l’outil.', 'ACCOUNT_DISABLED');
  }
}

export class OtpNotEnabled extends Unprocessable {
  constructor() {
    const sentence = 'La connexion par code à usage unique n’est pas en service : laissez ce champ de côté.';
    super('OTP_NOT_ENABLED', sentence, [{ pointer: '/otp', code: 'OTP_NOT_ENABLED', detail: sentence }]);
  }
}

/** Not a token of ours, or made for another purpose. */
export class TokenInvalid extends Unprocessable {
  constructor() {
    const sentence = 'Ce code n’est pas valable. Recopiez-le en entier, ou suivez le lien du message.';
    super('TOKEN_INVALID', sentence, [{ pointer: '/token', code: 'TOKEN_INVALID', detail: sentence }]);
  }
}

export class TokenNoLongerValid extends RuleRefused {
  constructor() {
    super('TOKEN_NO_LONGER_VALID', 'Ce lien a expiré, a déjà servi, ou un plus récent l’a remplacé. Demandez-en un autre.');
  }
}

export class EmailAlreadyKnown extends RuleRefused {
  constructor() {
    super('EMAIL_ALREADY_KNOWN', 'Un compte existe déjà à cette adresse : donnez-lui un rôle plutôt que de l’inviter.');
  }
}

export class SelfGrant extends RuleRefused {
  constructor() {
    super('SELF_GRANT', 'Personne ne se donne un rôle à soi-même : demandez-le à un autre administrateur.');
  }
}

export class RoleNotForScope extends Unprocessable {
  constructor(role: string, kinds: readonly string[], pointer: string) {
    const sentence = `Le rôle « ${role} » se donne sur un périmètre de type : ${kinds.join(', ')}.`;
    super('ROLE_NOT_FOR_SCOPE', sentence, [{ pointer, code: 'ROLE_NOT_FOR_SCOPE', detail: sentence }]);
  }
}

export class UnknownScope extends Unprocessable {
  constructor(kind: string, code: string, pointer: string) {
    const sentence = `Le périmètre « ${code} » (${kind}) n’existe pas.`;
    super('UNKNOWN_SCOPE', sentence, [{ pointer, code: 'UNKNOWN_SCOPE', detail: sentence }]);
  }
}

export class GrantAlreadyHeld extends RuleRefused {
  constructor() {
    super('GRANT_ALREADY_HELD', 'Cette personne tient déjà ce rôle sur ce périmètre.');
  }
}

export class GrantAlreadyEnded extends RuleRefused {
  constructor() {
    super('GRANT_ALREADY_ENDED', 'Ce rôle a déjà pris fin.');
  }
}

/** Keeps at least one administrator: whoever removes one stays. */
export class OwnAdministration extends RuleRefused {
  constructor() {
    super(
      'OWN_ADMINISTRATION',
      'Vous ne pouvez ni fermer votre propre compte ni quitter l’administration : demandez-le à un autre administrateur.',
    );
  }
}

export class AdministratorAlready extends RuleRefused {
  constructor() {
    super('ADMINISTRATOR_ALREADY', 'Ce compte est déjà administrateur.');
  }
}
