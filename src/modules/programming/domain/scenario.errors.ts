import { RuleRefused, Unprocessable } from '../../../kernel/errors.js';
import { inFrench } from '../../../kernel/money.js';

export class ScenarioNameTaken extends RuleRefused {
  constructor() {
    super('SCENARIO_NAME_TAKEN', 'La séance a déjà un scénario de ce nom.');
  }
}

export class ScenarioAlreadyAdopted extends RuleRefused {
  constructor() {
    super(
      'SCENARIO_ALREADY_ADOPTED',
      'La séance a déjà adopté un scénario : il ne change plus. Ce qui s’en écarte se décide ligne par ligne.',
    );
  }
}

export class ScenarioOfAnotherCommittee extends Unprocessable {
  constructor() {
    super('SCENARIO_OF_ANOTHER_COMMITTEE', 'Ces deux scénarios ne sont pas de la même séance : ils ne se comparent ni ne se copient.');
  }
}

export class UnknownEnvelope extends Unprocessable {
  constructor(pointer: string) {
    const sentence = 'Cette enveloppe n’existe pas.';
    super('UNKNOWN_REFERENCE', sentence, [{ pointer, code: 'UNKNOWN_REFERENCE', detail: sentence }]);
  }
}

/** Asked to spread an amount that nothing says, or a cap that is not there. */
export class SpreadIncomplete extends Unprocessable {
  constructor(pointer: string, detail: string) {
    super('SPREAD_INCOMPLETE', detail, [{ pointer, code: 'SPREAD_INCOMPLETE', detail }]);
  }
}

export class NothingToSpread extends RuleRefused {
  constructor(leftCents: bigint) {
    super('NOTHING_TO_SPREAD', `Il n’y a rien à répartir : il reste ${inFrench(leftCents)} dans l’enveloppe pour ce scénario.`);
  }
}
