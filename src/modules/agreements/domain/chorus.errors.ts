import { RuleRefused, Unprocessable } from '../../../kernel/errors.js';

/** The workbook is readable, but it is no extraction of Chorus. */
export class NotAnExtraction extends Unprocessable {
  constructor(why: string) {
    super('NOT_AN_EXTRACTION', `Ce classeur n’est pas une extraction Chorus : ${why}.`);
  }
}

export class UnclearResolution extends Unprocessable {
  constructor() {
    super(
      'RESOLUTION_UNCLEAR',
      'Dites soit la ligne de financement (fundingLineId), soit que la ligne Chorus est à ignorer (ignore), pas les deux.',
    );
  }
}

export class LineOutOfReach extends Unprocessable {
  constructor() {
    const sentence =
      'Cette ligne de financement n’est pas de votre périmètre, ou n’est pas de la même structure (SIREN) que la ligne Chorus.';
    super('LINE_OUT_OF_REACH', sentence, [{ pointer: '/fundingLineId', code: 'LINE_OUT_OF_REACH', detail: sentence }]);
  }
}

export class RowNotOpen extends RuleRefused {
  constructor() {
    super('CHORUS_ROW_NOT_OPEN', 'Cette ligne Chorus est déjà appliquée, déjà comptée ailleurs ou illisible : il n’y a rien à y résoudre.');
  }
}

export class NothingToApply extends RuleRefused {
  constructor() {
    super('NOTHING_TO_APPLY', 'Aucune ligne de cet import n’est rapprochée : il n’y a rien à appliquer.');
  }
}
