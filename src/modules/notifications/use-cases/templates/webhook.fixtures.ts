import type { MailData } from '../../domain/mail-data.js';
import type { FixtureParts } from './fixture-parts.js';

export function webhookFixtures({ say, to }: FixtureParts) {
  return {
    'webhook-stopped': {
      ...{ ...to, url: 'https://exemple.fr/bievre', description: say('Comptabilité'), cause: 'failing' },
      stoppedAt: new Date('2027-03-06T09:30:00Z'),
      failingSince: new Date('2027-03-01T09:20:00Z'),
      operation: 'POST https://bievre.test/x',
    },
  } satisfies Partial<MailData>;
}
