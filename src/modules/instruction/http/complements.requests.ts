import { CalendarDay, Flag, NestedList, Text } from '../../../platform/http/fields.js';

export class ComplementItemBody {
  @Text({
    max: 500,
    min: 0,
    pattern: /^(\/([^/~]|~[01])*)*$/,
    patternMessage: 'n’est pas un pointeur JSON (RFC 6901)',
    description: 'Ce qui est à compléter : pointeur JSON dans le dossier, vide pour le dossier entier',
    example: '/actions/0/budgets/2027',
  })
  pointer!: string;
  @Text({ max: 2000, description: 'Ce qui est attendu' }) text!: string;
}

export class ComplementRequestBody {
  @Text({ max: 5000, description: 'Pourquoi un complément est demandé' }) reason!: string;
  @CalendarDay({ description: 'Dernier jour pour répondre, jusqu’à minuit (heure de Paris)', example: '2027-02-15' }) dueOn!: string;
  @NestedList(() => ComplementItemBody, { max: 50, optional: true }) items?: ComplementItemBody[];
}

export class ComplementAnswerBody {
  @Text({ max: 10_000, description: 'Ce que la structure répond' }) answer!: string;
}

export class AdmissibilityBody {
  @Flag() admissible!: boolean;
  @Text({ max: 5000, optional: true, nullable: true, description: 'Obligatoire quand le dossier est irrecevable ; la structure le lit' })
  reason?: string | null;
}
