import { dayInFrench } from '../../../../kernel/french-dates.js';
import { inFrench } from '../../../../kernel/money.js';
import type { ComplementLapsed, ComplementUnanswered, DecisionsDue, DossierRef, ImplicitRejection } from '../../domain/mail-data.js';
import { quotedCall } from './call-name.js';
import { beginning, facts, heading, link, list, paragraph, quote, type Message, type MessageBlock } from './message.js';

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

/** CRPA, art. L. 231-4, 3°: two months of silence on a request for money are a rejection, unless the call says otherwise. */
export function decisionsDue({ call, dossiers, ...data }: DecisionsDue): Message {
  const several = dossiers.count > 1;
  return {
    subject: `${dossiers.count} ${several ? 'dossiers à décider' : 'dossier à décider'} avant que le silence vaille rejet : appel à projets ${call.year}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(
        `Dans l’appel à projets ${quotedCall(call)}, ${several ? 'ces dossiers demandent un financement à l’État et n’ont' : 'ce dossier demande un financement à l’État et n’a'} pas encore de réponse. Sans décision notifiée à la date indiquée, le silence vaut rejet (code des relations entre le public et l’administration, article L. 231-4) ; il n’empêche pas de décider ensuite.`,
      ),
      beginning(
        dossiers,
        ({ number, title, organisation, implicitRejectionOn, awaitsAdmissibility }) =>
          `${dayInFrench(implicitRejectionOn)} : ${number}, ${title} (${organisation}), ${awaitsAdmissibility ? 'recevabilité à décider' : 'décision à prendre'}`,
      ),
      link('Voir les dossiers', data.link),
    ],
    because: 'une décision sur ces dossiers dépend de vous.',
  };
}

/** CRPA, art. L. 231-4 (silence is a rejection), L. 411-2 (appeal to the service); code de justice administrative, art. R. 421-1 and R. 421-2. */
export function implicitRejection({ dossier, requests, ...data }: ImplicitRejection): Message {
  return {
    subject: `Sans réponse de l’État : dossier ${dossier.number}, ${dossier.title}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(
        `Aucune décision de l’État ne vous a été notifiée sur ce dossier au ${dayInFrench(data.implicitRejectionOn)}. Ce silence vaut décision implicite de rejet (code des relations entre le public et l’administration, article L. 231-4). Il n’empêche pas qu’une décision favorable soit prise plus tard : elle vous serait annoncée par courriel.`,
      ),
      about(dossier, { 'Silence valant rejet': dayInFrench(data.implicitRejectionOn) }),
      heading('Demandes concernées'),
      beginning(
        requests,
        ({ actionTitle, funder, scheme, year, requestedCents }) =>
          `${actionTitle} : ${scheme === null ? funder : `${funder} (${scheme})`}, ${year}, ${inFrench(requestedCents)} demandés`,
      ),
      heading('Vos recours'),
      paragraph('Vous pouvez contester ce rejet dans les deux mois qui suivent cette date :'),
      list([
        'par un recours gracieux, adressé par écrit au service indiqué sur votre récépissé ; formé dans ces deux mois, il prolonge le délai du recours contentieux ;',
        'par un recours contentieux devant le tribunal administratif, par courrier, au greffe ou par l’application Télérecours citoyens (www.telerecours.fr).',
      ]),
      paragraph('Vous n’êtes pas tenus d’agir : le dossier peut rester à l’examen.'),
      link('Voir le dossier', data.link),
    ],
    because: 'vous suivez ce dossier pour votre organisation.',
  };
}

function about(dossier: DossierRef, more: Readonly<Record<string, string>>): MessageBlock {
  return facts({ Dossier: `${dossier.number}, ${dossier.title}`, Organisation: dossier.organisation, ...more });
}
