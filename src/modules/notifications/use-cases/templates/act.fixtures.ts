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
    'tranche-notified': {
      ...{ ...to, number: '2028-P147-94-0003', organisation, funder: say('État, programme 147 (Val-de-Marne)'), year: 2028 },
      ...{ amountCents: cents(300_000), signedOn: '2028-03-12', notifiedOn: '2028-03-15' },
      tranches: [
        {
          ...{
            reference: say('CPO-2027-0004'),
            action: say('Théâtre au port'),
            rank: 2,
            years: 3,
            year: 2028,
            amountCents: cents(300_000),
          },
          ...{ reportYear: 2027, reportAcceptedOn: '2028-01-05' },
        },
      ],
    },
  } satisfies Partial<MailData>;
}
