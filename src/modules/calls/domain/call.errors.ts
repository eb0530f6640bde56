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

export class ExtensionShortened extends RuleRefused {
  /** @param until already written in French, in Paris time */
  constructor(until: string) {
    super('EXTENSION_SHORTENED', `Cette structure a déjà une prolongation jusqu'au ${until} : une nouvelle va plus loin.`);
  }
}

/** People have read the call: what they rely on no longer moves. */
export class CallFieldsFrozen extends RuleRefused {
  constructor(fields: readonly string[]) {
    const detail = 'ne change plus une fois l’appel publié';
    super(
      'CALL_FIELDS_FROZEN',
      `Une fois l'appel publié, seuls changent ses notes, sa fermeture et l'échéance des bilans (pour les reculer). Ici : ${fields.join(', ')}.`,
      fields.map((field) => ({ pointer: `/${field === 'trackCodes' ? 'tracks' : field}`, code: 'CALL_FIELDS_FROZEN', detail })),
    );
  }
}

export class DeadlineAdvanced extends RuleRefused {
  /** @param current the deadline announced, already written */
  constructor(field: 'closesAt' | 'reportDueOn', current: string) {
    const sentence = `Une échéance annoncée se recule, elle ne s'avance pas : elle est fixée au ${current}.`;
    super('DEADLINE_ADVANCED', sentence, [{ pointer: `/${field}`, code: 'DEADLINE_ADVANCED', detail: sentence }]);
  }
}

export class ClosingPassed extends RuleRefused {
  /** @param closedAt already written in French, in Paris time */
  constructor(closedAt: string) {
    const sentence = `L'appel a fermé le ${closedAt} : sa fermeture ne se recule plus. Accordez des prolongations à celles qui en ont besoin.`;
    super('CLOSING_PASSED', sentence, [{ pointer: '/closesAt', code: 'CLOSING_PASSED', detail: sentence }]);
  }
}

export class UnknownOrientation extends Unprocessable {
  constructor(codes: readonly string[]) {
    const sentence = `Le contrat n'a pas d'orientation ${codes.map((code) => `« ${code} »`).join(', ')}.`;
    super('UNKNOWN_ORIENTATION', sentence, [{ pointer: '/orientationCodes', code: 'UNKNOWN_ORIENTATION', detail: sentence }]);
  }
}

export class UnknownOrganisation extends Unprocessable {
  constructor() {
    const sentence = "Aucune structure n'a cet identifiant.";
    super('UNKNOWN_ORGANISATION', sentence, [{ pointer: '/organisationId', code: 'UNKNOWN_ORGANISATION', detail: sentence }]);
  }
}

export class UnknownCall extends Unprocessable {
  constructor() {
    const sentence = "Aucun appel à projets n'a cet identifiant.";
    super('UNKNOWN_CALL', sentence, [{ pointer: '/callId', code: 'UNKNOWN_CALL', detail: sentence }]);
  }
}
