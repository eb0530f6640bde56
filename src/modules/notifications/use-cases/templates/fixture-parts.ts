import { cents } from '../../../../kernel/money.js';
import type { DecidedLine } from '../../domain/mail-data.js';

/** A free text of a made-up message: the one made up for that place, or the same everywhere. */
export type Say = (madeUp: string) => string;

/** What made-up messages have in common. */
export interface FixtureParts {
  readonly say: Say;
  readonly to: { readonly recipientName: string; readonly link: string };
  readonly organisation: string;
  readonly dossier: { readonly number: string; readonly title: string; readonly organisation: string };
  readonly call: { readonly title: string; readonly year: number };
  readonly granted: DecidedLine;
}

export function fixtureParts(say: Say, link: string): FixtureParts {
  const organisation = say('Les Ateliers du Port');
  return {
    say,
    organisation,
    to: { recipientName: say('Camille Durand'), link },
    dossier: { number: '2027-GOSB-000123', title: say('Un été au port'), organisation },
    call: { title: say('Appel à projets annuel'), year: 2027 },
    granted: {
      ...{ funder: say('État – préfecture du Val-de-Marne (programme 147)'), scheme: null, year: 2027 },
      requestedCents: cents(800_000),
      decision: { outcome: 'granted', amountCents: cents(500_050) },
    },
  };
}
