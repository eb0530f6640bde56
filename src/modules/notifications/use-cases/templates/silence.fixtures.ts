import type { MailData } from '../../domain/mail-data.js';
import type { FixtureParts } from './fixture-parts.js';

export function silenceFixtures({ say, to, dossier }: FixtureParts) {
  const lapsed = {
    ...{ ...to, dossier, reason: say('Le budget ne permet pas de comprendre la part des salaires.') },
    ...{ dueOn: '2027-02-15', implicitRejectionOn: '2027-04-15' },
  };
  return {
    'complement-lapsed': lapsed,
    'complement-unanswered': lapsed,
  } satisfies Partial<MailData>;
}
