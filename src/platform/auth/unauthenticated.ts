import { BievreError } from '../../kernel/errors.js';

/** Nobody is signed in, or the token is no longer good: HTTP 401. */
export class Unauthenticated extends BievreError {
  constructor(message = 'Connectez-vous pour continuer : votre jeton manque, a expiré ou n’est plus valable.', code = 'UNAUTHENTICATED') {
    super(code, message);
  }
}
