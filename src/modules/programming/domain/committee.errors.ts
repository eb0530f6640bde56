import { RuleRefused, Unprocessable, type FieldError } from '../../../kernel/errors.js';

export class QuorumNotReached extends RuleRefused {
  constructor(present: number, quorum: number, members: number) {
    super(
      'QUORUM_NOT_REACHED',
      `Le quorum n’est pas atteint : ${present} membre(s) présent(s) sur ${members}, il en faut ${quorum}. Notez les présences, ou convoquez une autre séance.`,
    );
  }
}

export class QuorumOutOfReach extends RuleRefused {
  constructor(members: number, quorum: number) {
    super(
      'QUORUM_OUT_OF_REACH',
      `La séance compte ${members} membre(s) et son quorum est de ${quorum} : il ne pourrait jamais être atteint.`,
    );
  }
}

export class AgendaEmpty extends RuleRefused {
  constructor() {
    super('AGENDA_EMPTY', 'L’ordre du jour est vide : inscrivez au moins une ligne avant de convoquer.');
  }
}

export class MemberUnknown extends Unprocessable {
  constructor(pointer: string) {
    const sentence = 'Cette personne n’est pas membre de la séance.';
    super('MEMBER_UNKNOWN', sentence, [{ pointer, code: 'MEMBER_UNKNOWN', detail: sentence }]);
  }
}

export class MemberWithoutName extends Unprocessable {
  constructor(pointer: string) {
    const sentence = 'Donnez le compte ou le nom du membre.';
    super('MEMBER_WITHOUT_NAME', sentence, [{ pointer, code: 'MEMBER_WITHOUT_NAME', detail: sentence }]);
  }
}

/** Several lines are refused, each for its own reason: nothing is done of any of them. */
export class LinesRefused extends RuleRefused {
  constructor(refusals: readonly FieldError[]) {
    super('LINES_REFUSED', `Rien n’a été appliqué : ${refusals.length} refus, ligne par ligne, dans « errors ».`, refusals);
  }
}

export class LinesUnknown extends Unprocessable {
  constructor(pointers: readonly string[]) {
    const sentence = 'Cette ligne n’est pas à l’ordre du jour de la séance.';
    super(
      'LINE_NOT_ON_AGENDA',
      sentence,
      pointers.map((pointer) => ({ pointer, code: 'LINE_NOT_ON_AGENDA', detail: sentence })),
    );
  }
}

/** What is said twice of one line of a request. */
export class LineTwice extends Unprocessable {
  constructor(pointers: readonly string[]) {
    const sentence = 'Cette ligne est citée deux fois.';
    super(
      'LINE_TWICE',
      sentence,
      pointers.map((pointer) => ({ pointer, code: 'LINE_TWICE', detail: sentence })),
    );
  }
}

export class LineOfAnotherCall extends RuleRefused {
  constructor() {
    super('LINE_OF_ANOTHER_CALL', 'Cette ligne répond à un autre appel à projets que celui de la séance.');
  }
}

export class LineNotInstructed extends RuleRefused {
  constructor() {
    super('LINE_NOT_INSTRUCTED', 'Cette ligne n’est pas instruite : un avis est attendu avant son passage en comité.');
  }
}

export class LineOnAnotherAgenda extends RuleRefused {
  constructor() {
    super('LINE_ON_ANOTHER_AGENDA', 'Cette ligne est déjà à l’ordre du jour d’une séance dont les décisions ne sont pas appliquées.');
  }
}

export class LineStillToDecide extends RuleRefused {
  constructor() {
    super('LINE_STILL_TO_DECIDE', 'La séance est ouverte : cette ligne se décide (elle peut être ajournée), elle ne se retire plus.');
  }
}

/** Neither the adopted scenario nor a decision says what becomes of the line. */
export class DecisionMissing extends RuleRefused {
  constructor() {
    super('DECISION_MISSING', 'Rien n’est prévu pour cette ligne : ajournez-la ou donnez un avis défavorable, avec le motif.');
  }
}

export class EnvelopeMissing extends RuleRefused {
  constructor() {
    super('ENVELOPE_MISSING', 'Dites sur quelle enveloppe du programme 147 cette ligne est proposée.');
  }
}

export class DecisionIncomplete extends Unprocessable {
  constructor(fields: readonly FieldError[]) {
    super('DECISION_INCOMPLETE', 'Une décision est incomplète.', fields);
  }
}

export class MinutesNotReady extends RuleRefused {
  constructor() {
    super('MINUTES_NOT_READY', 'Le procès-verbal est figé à la clôture de la séance, qui n’est pas close.');
  }
}
