import { dayInFrench } from '../../../../kernel/french-dates.js';
import type { AccountClosing } from '../../domain/mail-data.js';
import { facts, heading, link, paragraph, type Message } from './message.js';

/** General Data Protection Regulation, art. 5, 1, e): what tells of people is not kept longer than it serves. */
export function accountClosing(data: AccountClosing): Message {
  return {
    subject: `Votre compte inactif sera fermé le ${dayInFrench(data.closingOn)}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(
        'Vous n’utilisez plus votre compte. Les données personnelles ne se gardent que le temps où elles servent (règlement européen sur la protection des données, article 5) : il sera fermé, puis votre nom et votre adresse seront effacés.',
      ),
      facts({ 'Dernière connexion': dayInFrench(data.lastSeenOn), 'Fermeture prévue le': dayInFrench(data.closingOn) }),
      heading('Pour le garder'),
      paragraph('Connectez-vous avant cette date : cela suffit, et rien d’autre n’est à faire.'),
      facts({ Opération: data.operation }),
      paragraph('Les dossiers, les actes et les montants auxquels vous avez pris part restent conservés, sans votre nom sur le compte.'),
      link('Voir mon compte', data.link),
    ],
    because: 'vous avez un compte sur cet outil.',
  };
}
