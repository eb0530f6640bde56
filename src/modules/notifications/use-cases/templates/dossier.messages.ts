import { dayInFrench, instantInFrench } from '../../../../kernel/french-dates.js';
import { inFrench } from '../../../../kernel/money.js';
import type {
  Admissible,
  AttestationRequested,
  ClosingReminder,
  ComplementAnswered,
  ComplementAsked,
  ComplementItem,
  DossierRef,
  DossierWithdrawn,
  Inadmissible,
  Receipt,
} from '../../domain/mail-data.js';
import { callName, quotedCall } from './call-name.js';
import { facts, heading, link, list, paragraph, quote, type Message, type MessageBlock } from './message.js';

export function attestationRequested(data: AttestationRequested): Message {
  return {
    subject: `À attester avant dépôt : dossier ${data.dossier.number}, ${data.dossier.title}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(
        'Ce dossier est terminé et attend votre attestation. Il n’est pas encore déposé : il le sera quand vous l’aurez attesté et soumis.',
      ),
      about(data.dossier, { 'À déposer avant le': instantInFrench(data.closesAt) }),
      paragraph('Relisez-le avant d’attester : votre attestation porte sur son contenu exact, et toute modification l’annule.'),
      link('Relire et attester le dossier', data.link),
    ],
    because: 'vous êtes signataire pour cette organisation.',
  };
}

export function receipt(data: Receipt): Message {
  return {
    subject: `Dossier ${data.dossier.number} bien reçu : ${data.dossier.title}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph('Votre dossier est déposé. Le récépissé, à conserver, vous attend à l’adresse ci-dessous.'),
      about(data.dossier, {
        'Appel à projets': callName(data.call),
        'Reçu le': instantInFrench(data.receivedAt),
        Récépissé: `n° ${data.receiptNumber}`,
        'Total demandé': inFrench(data.requestedCents),
      }),
      link('Obtenir le récépissé (PDF)', data.link),
      heading('Et maintenant ?'),
      paragraph(
        'Le service instructeur vérifie que le dossier est recevable ; il peut vous demander de le compléter. Les décisions vous seront annoncées par courriel.',
      ),
      paragraph(
        `Sans décision le ${dayInFrench(data.implicitRejectionOn)}, votre demande est réputée rejetée ; une décision favorable reste possible ensuite. Une demande de complément repousse cette date. Les voies de recours figurent sur le récépissé.`,
      ),
    ],
    because: 'ce dossier a été déposé pour votre organisation.',
  };
}

export function complementAsked(data: ComplementAsked): Message {
  return {
    subject: `À compléter avant le ${dayInFrench(data.dueOn)} : dossier ${data.dossier.number}, ${data.dossier.title}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph('Le service instructeur a besoin de précisions ou de pièces pour poursuivre l’examen de votre dossier.'),
      about(data.dossier, { 'Réponse attendue le': `${dayInFrench(data.dueOn)} au plus tard` }),
      heading('Ce qui est demandé'),
      quote(data.reason),
      ...(data.items.length === 0 ? [] : [list(data.items.map(itemSaid))]),
      link('Compléter le dossier', data.link),
      heading('Pour répondre'),
      paragraph(
        'Si vous modifiez le contenu du dossier, un signataire doit l’attester à nouveau avant la réponse. L’opération ci-dessous (« répondre à la demande de complément ») clôt ensuite la demande.',
      ),
      facts({ Opération: data.operation }),
      paragraph('Le délai de décision est suspendu jusqu’à votre réponse ou, à défaut, jusqu’à cette date.'),
    ],
    because: 'vous suivez ce dossier pour votre organisation.',
  };
}

export function complementAnswered(data: ComplementAnswered): Message {
  return {
    subject: `Complément reçu : dossier ${data.dossier.number}, ${data.dossier.title}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(
        'L’organisation a répondu à votre demande de complément : l’instruction peut reprendre, et le délai de décision court de nouveau.',
      ),
      about(data.dossier, { 'Réponse reçue le': instantInFrench(data.answeredAt) }),
      heading('Ce que vous aviez demandé'),
      quote(data.reason),
      link('Voir le dossier', data.link),
    ],
    because: 'ce dossier relève de votre périmètre d’instruction.',
  };
}

export function admissible(data: Admissible): Message {
  return {
    subject: `Dossier ${data.dossier.number} recevable : ${data.dossier.title}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(
        'Votre dossier est complet et recevable : il va être examiné par les financeurs. Ce n’est pas encore une décision sur vos demandes ; elle vous sera annoncée par courriel.',
      ),
      about(data.dossier),
      link('Voir le dossier', data.link),
    ],
    because: 'vous suivez ce dossier pour votre organisation.',
  };
}

export function inadmissible(data: Inadmissible): Message {
  return {
    subject: `Dossier ${data.dossier.number} non recevable : ${data.dossier.title}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph('Votre dossier a été déclaré non recevable : il ne sera pas examiné par les financeurs.'),
      about(data.dossier),
      heading('Le motif'),
      quote(data.reason),
      heading('Vos recours'),
      paragraph(
        'Vous pouvez contester cette décision dans les deux mois qui suivent sa notification : par un recours gracieux auprès du service qui instruit le dossier, ou devant le tribunal administratif (www.telerecours.fr).',
      ),
      link('Voir le dossier', data.link),
    ],
    because: 'vous suivez ce dossier pour votre organisation.',
  };
}

export function dossierWithdrawn(data: DossierWithdrawn): Message {
  return {
    subject: `Dossier ${data.dossier.number} retiré par l’organisation : ${data.dossier.title}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(
        'L’organisation a retiré ce dossier : il n’y a plus lieu de l’instruire ni de décider. Ce que ses demandes retenaient des enveloppes leur est rendu.',
      ),
      about(data.dossier, { 'Retiré le': instantInFrench(data.withdrawnAt) }),
      ...(data.reason === null ? [] : [heading('Le motif donné'), quote(data.reason)]),
      link('Voir le dossier', data.link),
    ],
    because: 'ce dossier relevait de votre instruction ou de vos décisions.',
  };
}

export function closingReminder(data: ClosingReminder): Message {
  return {
    subject: `Dossiers à déposer avant le ${instantInFrench(data.closesAt)}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(
        `L’appel à projets ${quotedCall(data.call)} ferme le ${instantInFrench(data.closesAt)}. L’heure retenue est celle à laquelle le serveur reçoit le dossier.`,
      ),
      paragraph('Ce qui suit est encore en brouillon et n’est donc pas déposé :'),
      list(data.drafts.map((draft) => `${draft.number}, ${draft.title} (${draft.organisation})`)),
      paragraph('Un dossier ne peut être déposé qu’une fois attesté par un signataire : prévenez-le à temps.'),
      link('Reprendre mes dossiers', data.link),
    ],
    because: 'vous avez au moins un dossier en brouillon dans cet appel à projets.',
  };
}

function itemSaid({ place, text }: ComplementItem): string {
  return place === null ? text : `${place} : ${text}`;
}

function about(dossier: DossierRef, more: Readonly<Record<string, string>> = {}): MessageBlock {
  return facts({ Dossier: `${dossier.number}, ${dossier.title}`, Organisation: dossier.organisation, ...more });
}
