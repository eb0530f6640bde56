import { cents } from '../../../../kernel/money.js';
import type { MailData } from '../../domain/mail-data.js';
import type { FixtureParts } from './fixture-parts.js';

export function actFixtures({ say, to, organisation }: FixtureParts) {
  return {
    'act-notified': {
      ...{ ...to, number: '2027-P147-94-0001', kind: 'agreement', organisation, year: 2027 },
      funder: say('État, programme 147 (Val-de-Marne)'),
      amountCents: cents(2_500_000),
      signedOn: '2027-03-12',
      notifiedOn: '2027-03-15',
    },
  } satisfies Partial<MailData>;
}
