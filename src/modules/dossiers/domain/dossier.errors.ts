import { type FieldError, RuleRefused, Unprocessable } from '../../../kernel/errors.js';

/** Nobody has attested the content as it is now: either never, or it changed since. */
export class NotAttested extends RuleRefused {
  constructor() {
    super(
      'NOT_ATTESTED',
      'Le contenu actuel du dossier n’est pas attesté : un signataire de la structure doit l’attester (et l’attester à nouveau après chaque modification).',
    );
  }
}

export class AttestationIncomplete extends Unprocessable {
  constructor(missing: readonly FieldError[]) {
    super('ATTESTATION_INCOMPLETE', 'L’attestation n’est pas complète : chaque déclaration demandée doit être faite.', missing);
  }
}

/** The receipt proves a submission: there is none yet. */
export class NotSubmitted extends RuleRefused {
  constructor() {
    super('NOT_SUBMITTED', 'Ce dossier n’a pas été déposé : il n’a pas de récépissé.');
  }
}

export class TooManyActions extends RuleRefused {
  constructor(most: number) {
    super('TOO_MANY_ACTIONS', `Un dossier porte au plus ${most} actions.`);
  }
}

export class ActionNotRemovable extends RuleRefused {
  constructor() {
    super(
      'ACTION_NOT_REMOVABLE',
      'Une action d’un dossier déjà déposé ne se supprime plus. Vous pouvez la corriger, ou retirer le dossier.',
    );
  }
}

/** What is said of an action has no meaning, or names something unknown; each field is told. */
export class ActionInvalid extends Unprocessable {
  constructor(fields: readonly FieldError[]) {
    super('ACTION_INVALID', 'L’action ne peut pas être enregistrée : voyez le détail de chaque champ.', fields);
  }
}

export class BudgetYearOutsideAction extends Unprocessable {
  constructor(year: number, first: number, last: number) {
    const years = first === last ? `l’année ${first}` : `les années ${first} à ${last}`;
    super(
      'BUDGET_YEAR_OUTSIDE_ACTION',
      `Le budget ${year} est hors de l’action, qui se déroule sur ${years}. Corrigez l’année, ou les dates de l’action.`,
    );
  }
}

/** The new dates leave out a year that has a budget. */
export class BudgetOutsideDates extends RuleRefused {
  constructor(years: readonly number[]) {
    super('BUDGET_OUTSIDE_DATES', `Ces dates laissent de côté un budget déjà saisi (${years.join(', ')}) : supprimez-le d’abord.`);
  }
}

export class UnknownFunder extends Unprocessable {
  constructor(fields: readonly FieldError[]) {
    super('UNKNOWN_FUNDER', 'Le budget nomme un financeur ou un dispositif qui n’existe pas.', fields);
  }
}

export class UnknownCall extends Unprocessable {
  constructor() {
    const sentence = 'Cet appel à projets n’existe pas.';
    super('UNKNOWN_CALL', sentence, [{ pointer: '/callId', code: 'UNKNOWN_CALL', detail: sentence }]);
  }
}

export class UnknownTrack extends Unprocessable {
  constructor() {
    const sentence = 'Cet appel n’a pas ce volet.';
    super('UNKNOWN_TRACK', sentence, [{ pointer: '/trackCode', code: 'UNKNOWN_TRACK', detail: sentence }]);
  }
}
