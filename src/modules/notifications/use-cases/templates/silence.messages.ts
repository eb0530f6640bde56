import { dayInFrench } from '../../../../kernel/french-dates.js';
import type { ComplementLapsed, ComplementUnanswered, DossierRef } from '../../domain/mail-data.js';
import { facts, heading, link, paragraph, quote, type Message, type MessageBlock } from './message.js';

/** CRPA, art. L. 114-5: the time given to complete a request suspends the delay at the end of which silence is a refusal; it then runs again. */
export function complementLapsed(data: ComplementLapsed): Message {
  return {
    subject: `Complément non reçu : dossier ${data.dossier.number}, ${data.dossier.title}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(
        `Aucune réponse à la demande de complément n’est arrivée avant la fin du ${dayInFrench(data.dueOn)}. Il n’est plus possible d’y répondre : votre dossier est examiné tel quel.`,
      ),
      about(data.dossier, { 'Réponse attendue le': `${dayInFrench(data.dueOn)} au plus tard` }),
      heading('Ce qui avait été demandé'),
      quote(data.reason),
      heading('Et maintenant ?'),
      paragraph(
        'Le dossier peut être déclaré non recevable faute de ces éléments. Le service instructeur peut aussi vous les demander à nouveau : si vous les avez, dites-le lui sans attendre.',
      ),
      paragraph(
        `Le délai de décision court de nouveau : sans décision le ${dayInFrench(data.implicitRejectionOn)}, votre demande est réputée rejetée ; une décision favorable reste possible ensuite.`,
      ),
      link('Voir le dossier', data.link),
    ],
    because: 'vous suivez ce dossier pour votre organisation.',
  };
}

export function complementUnanswered(data: ComplementUnanswered): Message {
  return {
    subject: `Complément resté sans réponse : dossier ${data.dossier.number}, ${data.dossier.title}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(
        `L’organisation n’a pas répondu avant la fin du ${dayInFrench(data.dueOn)} : le dossier est de nouveau à instruire, tel quel. Vous pouvez statuer sur sa recevabilité ou demander un autre complément.`,
      ),
      about(data.dossier, {
        'Réponse attendue le': `${dayInFrench(data.dueOn)} au plus tard`,
        'Silence valant rejet': dayInFrench(data.implicitRejectionOn),
      }),
      heading('Ce qui avait été demandé'),
      quote(data.reason),
      link('Voir le dossier', data.link),
    ],
    because: 'ce dossier relève de votre périmètre d’instruction.',
  };
}

function about(dossier: DossierRef, more: Readonly<Record<string, string>>): MessageBlock {
  return facts({ Dossier: `${dossier.number}, ${dossier.title}`, Organisation: dossier.organisation, ...more });
}
