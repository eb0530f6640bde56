import { cents } from '../../../../kernel/money.js';
import type { MailData } from '../../domain/mail-data.js';
import type { FixtureParts } from './fixture-parts.js';

export function steeringFixtures({ say, to, dossier, call, granted }: FixtureParts) {
  const opinion = { dossierNumber: dossier.number, actionTitle: say('Théâtre de rue'), funder: granted.funder, role: 'delegate' };
  const calendar = { ...to, call, opensAt: new Date('2026-12-01T08:00:00Z'), closesAt: new Date('2027-01-31T11:00:00Z') };
  return {
    'dossiers-filed': { ...to, call, dossiers: { first: [dossier], count: 12 } },
    'opinions-asked': { ...to, call, dossiers: { first: [dossier], count: 24 } },
    'opinions-given': {
      ...{ ...to, call, from: '2027-02-08', until: '2027-02-09', counts: { favourable: 1, reserved: 0, unfavourable: 1 } },
      opinions: {
        first: [
          { ...opinion, opinion: 'favourable' },
          { ...opinion, role: 'citizens-council', opinion: 'unfavourable' },
        ],
        count: 2,
      },
    },
    'envelope-nearly-used': {
      ...{ ...to, funder: granted.funder, programme: say('P147-01'), year: 2027, place: say('Secteur Nord-Est') },
      ...{ ceilingCents: cents(10_000_000), usedCents: cents(9_150_000) },
    },
    'call-published': { ...calendar, isOpen: false },
    'call-open': { ...calendar, isOpen: true },
    'call-closing': { ...calendar, isOpen: true },
  } satisfies Partial<MailData>;
}
