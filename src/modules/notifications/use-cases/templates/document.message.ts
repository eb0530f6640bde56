import { dayInFrench } from '../../../../kernel/french-dates.js';
import type { DocumentsExpiring, EndingDocument } from '../../domain/mail-data.js';
import { beginning, link, paragraph, type Message } from './message.js';

export function documentsExpiring({ organisation, documents, ...data }: DocumentsExpiring): Message {
  const many = documents.count > 1;
  return {
    subject: `${documents.count} ${many ? 'documents' : 'document'} à renouveler : ${organisation}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(
        `Votre organisation, ${organisation}, donne ses documents une fois pour tous ses dossiers. ${many ? 'Ceux-ci arrivent à leur terme ou l’ont passé :' : 'Celui-ci arrive à son terme ou l’a passé :'}`,
      ),
      beginning(documents, ended),
      paragraph(
        'Donnez-en un plus récent du même genre : il remplacera celui-ci. Si vous l’avez fait entre-temps, il n’y a rien d’autre à faire.',
      ),
      link('Voir les documents de l’organisation', data.link),
    ],
    because: 'vous rédigez pour cette organisation, ou l’administrez.',
  };
}

const ended = ({ label, validUntil, isExpired }: EndingDocument): string =>
  `${label} : ${isExpired ? 'ne vaut plus ; valait jusqu’au' : 'vaut jusqu’au'} ${dayInFrench(validUntil)}`;
