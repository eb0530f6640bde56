import type { Day } from '../../../kernel/day.js';
import { RuleRefused, Unprocessable } from '../../../kernel/errors.js';
import { dayInFrench } from '../../../kernel/french-dates.js';

export class DueDateNotAhead extends Unprocessable {
  constructor(today: Day) {
    const sentence = `L’échéance doit venir après aujourd’hui (${dayInFrench(today)}) : la structure doit avoir le temps de répondre.`;
    super('DUE_DATE_NOT_AHEAD', sentence, [{ pointer: '/dueOn', code: 'DUE_DATE_NOT_AHEAD', detail: sentence }]);
  }
}

export class DueDateTooFar extends Unprocessable {
  constructor(mostDays: number) {
    const sentence = `L’échéance doit venir dans ${mostDays} jours au plus : au-delà, le dossier serait reporté plutôt que complété.`;
    super('DUE_DATE_TOO_FAR', sentence, [{ pointer: '/dueOn', code: 'DUE_DATE_TOO_FAR', detail: sentence }]);
  }
}

export class NoComplementExpected extends RuleRefused {
  constructor() {
    super('NO_COMPLEMENT_EXPECTED', 'Aucun complément n’est attendu sur ce dossier.');
  }
}

export class ComplementTooLate extends RuleRefused {
  constructor(dueOn: Day) {
    super(
      'COMPLEMENT_TOO_LATE',
      `Le complément était attendu jusqu’au ${dayInFrench(dueOn)} inclus (heure de Paris). Demandez au service instructeur un nouveau délai.`,
    );
  }
}
