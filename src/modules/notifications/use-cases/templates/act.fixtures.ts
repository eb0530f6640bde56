import { cents } from '../../../../kernel/money.js';
import type { MailData } from '../../domain/mail-data.js';
import type { FixtureParts } from './fixture-parts.js';

export function actFixtures({ say, to, organisation, call }: FixtureParts) {
  const act = { number: '2027-P147-94-0001', kind: 'order', organisation, amountCents: cents(500_050) } as const;
  const acts = [
    act,
    { ...act, number: '2027-P147-94-0002', kind: 'agreement' },
    { ...act, number: 'R-2027-0012', kind: 'refusal-letter' },
  ] as const;
  return {
    'acts-to-sign': {
      ...to,
      call,
      funder: say('État – préfecture du Val-de-Marne (programme 147)'),
      acts: { first: acts, count: 512 },
      totalCents: cents(98_765_432),
    },
    'act-notified': {
      ...{ ...to, number: '2027-P147-94-0001', kind: 'agreement', organisation, year: 2027 },
      funder: say('État – préfecture du Val-de-Marne (programme 147)'),
      amountCents: cents(2_500_000),
      signedOn: '2027-03-12',
      notifiedOn: '2027-03-15',
    },
  } satisfies Partial<MailData>;
}
