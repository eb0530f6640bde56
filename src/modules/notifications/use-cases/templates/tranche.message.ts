import { dayInFrench } from '../../../../kernel/french-dates.js';
import { inFrench } from '../../../../kernel/money.js';
import type { NotifiedTranche, TrancheNotified } from '../../domain/mail-data.js';
import { facts, heading, link, list, paragraph, type Message } from './message.js';

/** The notification of the act that carries out a later year of an agreement over several years. */
export function trancheNotified(data: TrancheNotified): Message {
  const { number, organisation, funder, year, tranches } = data;
  return {
    subject: `Notification de la tranche ${year} de votre convention pluriannuelle (acte ${number})`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(
        `${funder} notifie à votre organisation, ${organisation}, la subvention ${year} de votre convention pluriannuelle d’objectifs, par l’acte suivant, que vous pouvez télécharger signé.`,
      ),
      facts({
        Acte: number,
        Montant: inFrench(data.amountCents),
        'Signé le': dayInFrench(data.signedOn),
        'Notifié le': dayInFrench(data.notifiedOn),
      }),
      heading('Ce qui est confirmé'),
      list(tranches.map(said)),
      heading('Et maintenant ?'),
      paragraph('Le versement intervient dans les soixante jours qui suivent cette notification, sauf si l’acte en dispose autrement.'),
      paragraph(reportDue(year, tranches)),
      link('Lire l’acte', data.link),
    ],
    because: 'vous êtes membre de cette organisation.',
  };
}

function said({ action, rank, years, year, reference, amountCents, reportYear, reportAcceptedOn }: NotifiedTranche): string {
  const agreement = reference === null ? 'votre convention' : `la convention ${reference}`;
  const accepted = `Le bilan ${reportYear} a été accepté le ${dayInFrench(reportAcceptedOn)}.`;
  return `${action} : tranche ${rank} sur ${years} (année ${year}) de ${agreement}, ${inFrench(amountCents)}. ${accepted}`;
}

function reportDue(year: number, tranches: readonly NotifiedTranche[]): string {
  const due = `Un compte rendu est dû dans les six mois qui suivent la fin de l’exercice ${year}.`;
  const goesOn = tranches.some(({ rank, years }) => rank < years);
  return goesOn ? `${due} Son acceptation ouvrira la tranche ${year + 1}, dans la limite des crédits ouverts.` : due;
}
