import { RuleRefused, Unprocessable } from '../../../kernel/errors.js';
import { inFrench } from '../../../kernel/money.js';

export class EnvelopeStillReserved extends RuleRefused {
  constructor(lines: number, reservedCents: bigint) {
    const who = lines === 1 ? 'Une ligne proposée y retient' : `${lines} lignes proposées y retiennent`;
    super('ENVELOPE_STILL_RESERVED', `${who} encore ${inFrench(reservedCents)} : décidez-les ou libérez-les avant de clore l’enveloppe.`);
  }
}

export class SubEnvelopesStillOpen extends RuleRefused {
  constructor(count: number) {
    const what = count === 1 ? 'Une sous-enveloppe est encore ouverte' : `${count} sous-enveloppes sont encore ouvertes`;
    super('SUB_ENVELOPES_STILL_OPEN', `${what} : closez-les d’abord, leur crédit libre revient ici.`);
  }
}

export class CarryOverAboveLapsed extends RuleRefused {
  constructor(askedCents: bigint, lapsedCents: bigint) {
    super('CARRY_OVER_ABOVE_LAPSED', `Il ne tombe que ${inFrench(lapsedCents)} : ${inFrench(askedCents)} ne peuvent pas être reportés.`);
  }
}

export class NothingToCarryOverInto extends RuleRefused {
  constructor(year: number) {
    super('NOTHING_TO_CARRY_OVER_INTO', `La même enveloppe de ${year} n’est pas ouverte : ouvrez-la d’abord, le report l’augmentera.`);
  }
}

export class CarryOverByParent extends RuleRefused {
  constructor() {
    super(
      'CARRY_OVER_BY_PARENT',
      'Le crédit libre d’une sous-enveloppe revient à son enveloppe mère : c’est en la closant, elle, qu’on le reporte.',
    );
  }
}

export class CarryOverReferenceRequired extends Unprocessable {
  constructor() {
    const sentence = 'Un report suit une décision : donnez sa référence.';
    super('CARRY_OVER_REFERENCE_REQUIRED', sentence, [
      { pointer: '/carryOverReference', code: 'CARRY_OVER_REFERENCE_REQUIRED', detail: sentence },
    ]);
  }
}
