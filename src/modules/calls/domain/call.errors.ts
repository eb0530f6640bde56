import { RuleRefused, Unprocessable } from '../../../kernel/errors.js';

export class CallCalendarInvalid extends Unprocessable {
  constructor() {
    const sentence = "La fermeture de l'appel doit venir après son ouverture.";
    super('CALL_CALENDAR_INVALID', sentence, [{ pointer: '/closesAt', code: 'CALL_CALENDAR_INVALID', detail: sentence }]);
  }
}

export class CallWithoutOrientation extends RuleRefused {
  constructor() {
    const sentence = "Un appel se publie avec au moins une orientation : ajoutez celles que les partenaires ont adoptées pour l'année.";
    super('CALL_WITHOUT_ORIENTATION', sentence, [{ pointer: '/orientationCodes', code: 'CALL_WITHOUT_ORIENTATION', detail: sentence }]);
  }
}

export class CallNotPublished extends RuleRefused {
  constructor() {
    super('CALL_NOT_PUBLISHED', "Cet appel n'est pas encore publié : il ne reçoit pas de dossier.");
  }
}

export class CallNotOpen extends RuleRefused {
  /** @param opensAt already written in French, in Paris time */
  constructor(opensAt: string) {
    super('CALL_NOT_OPEN', `L'appel ouvre le ${opensAt} : revenez à partir de ce moment.`);
  }
}

export class CallClosed extends RuleRefused {
  /** @param closedAt the last moment that counted for this dossier, already written in French, in Paris time */
  constructor(closedAt: string) {
    super(
      'CALL_CLOSED',
      `Le délai a pris fin le ${closedAt}. Pour demander une prolongation, écrivez à la coordination du contrat de ville.`,
    );
  }
}

export class ExtensionTooShort extends Unprocessable {
  /** @param closesAt already written in French, in Paris time */
  constructor(closesAt: string) {
    const sentence = `Une prolongation va au-delà de la fermeture de l'appel, le ${closesAt}.`;
    super('EXTENSION_TOO_SHORT', sentence, [{ pointer: '/until', code: 'EXTENSION_TOO_SHORT', detail: sentence }]);
  }
}
