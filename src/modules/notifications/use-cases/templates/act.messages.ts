import { dayInFrench } from '../../../../kernel/french-dates.js';
import { inFrench } from '../../../../kernel/money.js';
import type { ActKindToSign, ActNotified, ActsToSign } from '../../domain/mail-data.js';
import { quotedCall } from './call-name.js';
import { beginning, facts, heading, link, paragraph, type Message } from './message.js';

const NAMES: Readonly<Record<ActKindToSign, string>> = {
  order: 'décision attributive',
  agreement: 'convention annuelle',
  cpo: 'convention pluriannuelle d’objectifs',
  amendment: 'acte modificatif',
  'refusal-letter': 'lettre de refus',
};

/** Everything that waits in a call, in one message: fifty acts prepared are not fifty messages. */
export function actsToSign({ acts, call, funder, ...data }: ActsToSign): Message {
  const many = acts.count > 1;
  return {
    subject: `${acts.count} ${many ? 'actes' : 'acte'} à signer : ${funder}, appel à projets ${call.year}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(
        `${many ? `${acts.count} actes sont préparés et attendent` : 'Un acte est préparé et attend'} votre signature, dans l’appel à projets ${quotedCall(call)}.`,
      ),
      facts({ Financeur: funder, 'Actes à signer': String(acts.count), 'Montant total': inFrench(data.totalCents) }),
      beginning(acts, ({ number, kind, organisation, amountCents }) =>
        kind === 'refusal-letter'
          ? `${number}, ${NAMES[kind]} à ${organisation}`
          : `${number}, ${NAMES[kind]} à ${organisation} : ${inFrench(amountCents)}`,
      ),
      paragraph('Rien n’est dit aux organisations avant que chaque acte signé leur soit notifié.'),
      link('Voir les actes à signer', data.link),
    ],
    because: 'vous pouvez signer les actes de ce financeur.',
  };
}

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
