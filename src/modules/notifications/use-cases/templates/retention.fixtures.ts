import type { MailData } from '../../domain/mail-data.js';
import type { FixtureParts } from './fixture-parts.js';

export function retentionFixtures({ to }: FixtureParts) {
  return {
    'account-closing': { ...to, closingOn: '2030-04-15', lastSeenOn: '2027-04-16', operation: 'POST https://bievre.test/x' },
  } satisfies Partial<MailData>;
}
