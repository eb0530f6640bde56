import { cents } from '../../../../kernel/money.js';
import type { MailData } from '../../domain/mail-data.js';
import type { FixtureParts } from './fixture-parts.js';

export function reportFixtures({ say, to, organisation, dossier, granted }: FixtureParts) {
  const report = { organisation, dossierNumber: dossier.number, actionTitle: say('Théâtre de rue'), year: 2026 };
  const owed = { ...report, dueOn: '2027-06-30' };
  return {
    'reports-due': {
      ...to,
      dueOn: '2027-06-30',
      isOverdue: false,
      reports: { first: [owed, { ...owed, actionTitle: say('Lecture') }], count: 2 },
    },
    'report-submitted': { ...to, report, isInterim: false, submittedAt: new Date('2027-05-12T09:30:00Z') },
    'report-to-amend': {
      ...to,
      report,
      isInterim: false,
      asked: [{ funder: granted.funder, reason: say('Expliquez l’écart du compte 64.') }],
    },
    'report-accepted': { ...to, report, isInterim: true },
    'repayment-asked': {
      ...{ ...to, ...report, funder: granted.funder, amountCents: cents(123_456), dueOn: '2027-09-30' },
      ...{ reason: say('Une séance sur deux n’a pas eu lieu.'), titleReference: say('TP-2027-0042') },
    },
  } satisfies Partial<MailData>;
}
