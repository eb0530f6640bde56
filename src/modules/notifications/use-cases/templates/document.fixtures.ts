import type { MailData } from '../../domain/mail-data.js';
import type { FixtureParts } from './fixture-parts.js';

export function documentFixtures({ say, to, organisation }: FixtureParts) {
  return {
    'document-expiring': {
      ...{ ...to, organisation },
      documents: {
        first: [
          { label: say('attestation d’assurance'), validUntil: '2027-02-28', isExpired: true },
          { label: say('comptes annuels'), validUntil: '2027-03-31', isExpired: false },
        ],
        count: 2,
      },
    },
  } satisfies Partial<MailData>;
}
