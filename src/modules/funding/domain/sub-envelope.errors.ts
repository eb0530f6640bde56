import { RuleRefused, Unprocessable } from '../../../kernel/errors.js';

export class OnePlaceRequired extends Unprocessable {
  constructor() {
    super('ONE_PLACE_REQUIRED', 'Une sous-enveloppe est celle d’un secteur ou d’une commune : donnez l’un des deux, et un seul.');
  }
}

export class UnknownPlace extends Unprocessable {
  constructor(pointer: string) {
    const sentence = 'Ce lieu n’existe pas : choisissez un secteur ou une commune du contrat.';
    super('UNKNOWN_REFERENCE', sentence, [{ pointer, code: 'UNKNOWN_REFERENCE', detail: sentence }]);
  }
}

export class PlaceElsewhere extends Unprocessable {
  constructor(pointer: string, departmentCode: string) {
    const sentence = `Ce lieu n’est pas dans le département ${departmentCode}, qui est celui de l’enveloppe.`;
    super('WRONG_DEPARTMENT', sentence, [{ pointer, code: 'WRONG_DEPARTMENT', detail: sentence }]);
  }
}

export class SubEnvelopeAlreadyOpen extends RuleRefused {
  constructor() {
    super('ENVELOPE_ALREADY_OPEN', 'Ce secteur ou cette commune a déjà sa sous-enveloppe : déléguez-lui davantage plutôt.');
  }
}

/** One level of delegation: whose credit it is stays readable. */
export class NoFurtherDelegation extends RuleRefused {
  constructor() {
    super('NO_FURTHER_DELEGATION', 'Une sous-enveloppe ne se délègue pas à son tour : déléguez depuis l’enveloppe mère.');
  }
}

export class NotASubEnvelope extends RuleRefused {
  constructor() {
    super('NOT_A_SUB_ENVELOPE', 'Cette enveloppe n’est pas une sous-enveloppe : rien ne lui a été délégué, rien ne peut en revenir.');
  }
}

/** Else there would be credit in it that its parent does not have. */
export class FedByItsParent extends RuleRefused {
  constructor() {
    super(
      'FED_BY_ITS_PARENT',
      'Une sous-enveloppe n’a que le crédit que son enveloppe mère lui délègue : déléguez-lui davantage, ou reprenez-lui-en.',
    );
  }
}
