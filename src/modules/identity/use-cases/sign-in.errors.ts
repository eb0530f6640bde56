import { Unauthenticated } from '../../../platform/auth/unauthenticated.js';

/** Also said for an account that doesn't exist: the answer tells nobody which addresses are known. */
export class BadCredentials extends Unauthenticated {
  constructor() {
    super('Adresse électronique ou mot de passe incorrect.', 'BAD_CREDENTIALS');
  }
}

/** The token names no session, or one that is over. */
export class RefreshTokenInvalid extends Unauthenticated {
  constructor() {
    super('Votre session est terminée. Connectez-vous de nouveau.', 'REFRESH_TOKEN_INVALID');
  }
}

/** A token already exchanged was shown again: someone may have copied it, so the session is over. */
export class RefreshTokenReused extends Unauthenticated {
  constructor() {
    super('Ce jeton a déjà servi : par prudence, la session est terminée. Connectez-vous de nouveau.', 'REFRESH_TOKEN_REUSED');
  }
}
