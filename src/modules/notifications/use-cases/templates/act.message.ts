import { dayInFrench } from '../../../../kernel/french-dates.js';
import { inFrench } from '../../../../kernel/money.js';
import type { ActNotified } from '../../domain/mail-data.js';
import { facts, heading, link, paragraph, type Message } from './message.js';

const NAMES: Readonly<Record<ActNotified['kind'], string>> = {
  order: 'décision attributive',
  agreement: 'convention annuelle',
  cpo: 'convention pluriannuelle d’objectifs',
  amendment: 'acte modificatif',
};

/** The notification of a signed act; what a refusal says was told with the results. */
export function actNotified(data: ActNotified): Message {
  return {
    subject: `Notification de l’acte ${data.number} à ${data.organisation}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(`${data.funder} notifie à votre organisation, ${data.organisation}, l’acte suivant, que vous pouvez télécharger signé.`),
      facts({
        Acte: `${data.number} (${NAMES[data.kind]})`,
        Montant: inFrench(data.amountCents),
        'Signé le': dayInFrench(data.signedOn),
        'Notifié le': dayInFrench(data.notifiedOn),
      }),
      heading('Et maintenant ?'),
      ...next(data),
      link('Lire l’acte', data.link),
    ],
    because: 'vous êtes membre de cette organisation.',
  };
}

function next({ kind, year }: ActNotified): ReturnType<typeof paragraph>[] {
  const report = paragraph(`Un compte rendu est dû dans les six mois qui suivent la fin de l’exercice ${year}.`);
  if (kind === 'amendment') return [paragraph('Cet acte remplace les montants qu’il modifie ; tout le reste demeure.'), report];
  return [
    paragraph('Le versement intervient dans les soixante jours qui suivent cette notification, sauf si l’acte en dispose autrement.'),
    report,
  ];
}
