import { cents } from '../../../../kernel/money.js';
import type { MailData } from '../../domain/mail-data.js';
import type { FixtureParts } from './fixture-parts.js';

export function silenceFixtures({ say, to, dossier, call, granted }: FixtureParts) {
  const lapsed = {
    ...{ ...to, dossier, reason: say('Le budget ne permet pas de comprendre la part des salaires.') },
    ...{ dueOn: '2027-02-15', implicitRejectionOn: '2027-04-15' },
  };
  return {
    'decisions-due': {
      ...{ ...to, call },
      dossiers: {
        first: [
          { ...dossier, implicitRejectionOn: '2027-03-15', awaitsAdmissibility: true },
          { ...dossier, implicitRejectionOn: '2027-03-16', awaitsAdmissibility: false },
        ],
        count: 31,
      },
    },
    'implicit-rejection': {
      ...{ ...to, dossier, implicitRejectionOn: '2027-03-15' },
      requests: {
        first: [{ actionTitle: say('Théâtre de rue'), funder: granted.funder, scheme: null, year: 2027, requestedCents: cents(800_000) }],
        count: 1,
      },
    },
    'complement-lapsed': lapsed,
    'complement-unanswered': lapsed,
  } satisfies Partial<MailData>;
}
