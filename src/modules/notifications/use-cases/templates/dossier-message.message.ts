import { instantInFrench } from '../../../../kernel/french-dates.js';
import type { DossierMessage } from '../../domain/mail-data.js';
import { facts, heading, link, paragraph, quote, type Message } from './message.js';

export function dossierMessage({ dossier, author, isFromStaff, isNote, text, postedAt, isToStaff, ...data }: DossierMessage): Message {
  const from = isFromStaff ? 'qui instruit ce dossier' : `pour ${dossier.organisation}`;
  return {
    subject: `${isNote ? 'Note interne' : 'Message'} de ${author} : dossier ${dossier.number}, ${dossier.title}`,
    recipientName: data.recipientName,
    summary: text,
    blocks: [
      paragraph(
        isNote
          ? `${author}, ${from}, y a laissé une note interne : l’organisation ne la voit pas.`
          : `${author}, ${from}, a écrit dans le fil du dossier.`,
      ),
      facts({ Dossier: `${dossier.number}, ${dossier.title}`, Organisation: dossier.organisation, 'Écrit le': instantInFrench(postedAt) }),
      heading(isNote ? 'La note' : 'Le message'),
      quote(text),
      paragraph('Répondez dans le fil du dossier : une réponse à ce courriel n’y arriverait pas.'),
      link('Lire le fil et répondre', data.link),
    ],
    because: isToStaff
      ? 'ce dossier relève de votre périmètre d’instruction, ou vous avez écrit dans son fil.'
      : 'vous suivez ce dossier pour votre organisation, ou avez écrit dans son fil.',
  };
}
