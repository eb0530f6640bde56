import { cents } from '../../../../kernel/money.js';
import type { MailData } from '../../domain/mail-data.js';
import type { FixtureParts } from './fixture-parts.js';

export function cpoFixtures({ say, to, organisation, dossier, granted }: FixtureParts) {
  const cpo = {
    ...{ ...to, organisation, funder: granted.funder, reference: say('CPO 2026-012'), dossierNumber: dossier.number },
    ...{ actionTitle: say('Théâtre de rue'), lastYear: 2028 },
  };
  const tranche = { ...cpo, year: 2027, amountCents: cents(500_000) };
  return {
    'tranche-to-confirm': { ...tranche, isReserved: true },
    'tranche-to-announce': tranche,
    'cpo-renewal': { ...cpo, firstYear: 2026 },
  } satisfies Partial<MailData>;
}
