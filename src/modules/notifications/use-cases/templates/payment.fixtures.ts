import { cents } from '../../../../kernel/money.js';
import type { MailData } from '../../domain/mail-data.js';
import type { FixtureParts } from './fixture-parts.js';

export function paymentFixtures({ say, to, organisation, dossier, granted }: FixtureParts) {
  const { funder, scheme, year } = granted;
  const grant = { funder, scheme, year, dossierNumber: dossier.number, actionTitle: say('Théâtre de rue') };
  const paid = { ...grant, amountCents: cents(250_025), paidOn: '2027-05-03' };
  const payments = { first: [paid, { ...paid, scheme: say('Prévention') }], count: 2 };
  return {
    'payment-announced': { ...to, ...grant, organisation, amountCents: cents(250_025), requestedAt: new Date('2027-04-20T08:00:00Z') },
    'payment-cancelled': {
      ...{ ...to, ...grant, organisation, amountCents: cents(250_025), requestedAt: new Date('2027-04-20T08:00:00Z') },
      cancelledAt: new Date('2027-04-22T08:00:00Z'),
    },
    'payments-due': {
      ...{ ...to, day: '2027-04-15' },
      payments: {
        first: [
          { ...grant, organisation, amountCents: cents(250_025), dueOn: '2027-04-12', isRequested: false },
          { ...grant, organisation, amountCents: cents(100_000), dueOn: '2027-04-30', isRequested: true },
        ],
        count: 2,
      },
    },
    'payments-made': { ...to, organisation, payments, totalCents: cents(500_050) },
    'payments-reversed': { ...to, organisation, payments: { first: [paid], count: 1 }, totalCents: cents(250_025) },
  } satisfies Partial<MailData>;
}
