import { cents } from '../../../../kernel/money.js';
import type { MailData } from '../../domain/mail-data.js';
import type { FixtureParts } from './fixture-parts.js';

export function dossierFixtures({ say, to, organisation, dossier, call, granted }: FixtureParts) {
  return {
    'attestation-requested': { ...to, dossier, closesAt: new Date('2027-01-31T11:00:00Z') },
    receipt: {
      ...{ ...to, dossier, call, receiptNumber: '2027-000045', implicitRejectionOn: '2027-03-15' },
      receivedAt: new Date('2027-01-15T09:30:00Z'),
      requestedCents: cents(1_234_567),
    },
    'complement-asked': {
      ...to,
      dossier,
      reason: say('Le budget ne permet pas de comprendre la part des salaires.'),
      items: [
        { place: 'Action 1, description', text: say('Dites combien de séances sont prévues.') },
        { place: null, text: say('Joignez les statuts à jour.') },
      ],
      operation: 'POST https://bievre.test/x',
      dueOn: '2027-02-15',
    },
    'complement-answered': {
      ...{ ...to, dossier, reason: say('Le budget ne permet pas de comprendre la part des salaires.') },
      answeredAt: new Date('2027-02-10T09:30:00Z'),
    },
    admissible: { ...to, dossier },
    inadmissible: { ...to, dossier, reason: say('L’action se déroule hors des quartiers et des communes du contrat.') },
    'dossier-withdrawn': { ...to, dossier, withdrawnAt: new Date('2027-01-20T09:30:00Z'), reason: say('Le lieu n’est plus disponible.') },
    'closing-reminder': { ...to, call, closesAt: new Date('2027-01-31T11:00:00Z'), drafts: [dossier] },
    results: {
      ...to,
      organisation,
      call,
      dossiers: [
        {
          number: dossier.number,
          title: dossier.title,
          actions: [
            {
              title: say('Théâtre de rue'),
              lines: [
                granted,
                {
                  ...granted,
                  ...{ funder: say('Département du Val-de-Marne'), scheme: say('Prévention') },
                  decision: { outcome: 'refused', reason: say('Enveloppe épuisée.') },
                },
              ],
            },
          ],
        },
      ],
      undecidedCount: 1,
    },
  } satisfies Partial<MailData>;
}
