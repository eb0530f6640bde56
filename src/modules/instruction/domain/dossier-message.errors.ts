import { Forbidden, RuleRefused } from '../../../kernel/errors.js';

export class NoteForStaffOnly extends Forbidden {
  constructor() {
    super(
      'Une note interne ne s’échange qu’entre ceux qui instruisent le dossier : écrivez un message visible de tous.',
      'NOTE_FOR_STAFF_ONLY',
    );
  }
}

export class DossierNotFiled extends RuleRefused {
  constructor() {
    super('DOSSIER_NOT_FILED', 'Ce dossier n’est pas encore déposé : personne ne l’instruit, et votre message ne serait lu de personne.');
  }
}

export class ThreadClosed extends RuleRefused {
  constructor() {
    super('THREAD_CLOSED', 'Ce dossier est clos : ses messages se lisent encore, mais on n’y écrit plus.');
  }
}
