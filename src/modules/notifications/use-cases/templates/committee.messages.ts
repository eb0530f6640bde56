import { dayInFrench } from '../../../../kernel/french-dates.js';
import type { CommitteeConvened, MinutesAvailable } from '../../domain/mail-data.js';
import { callName } from './call-name.js';
import { facts, heading, link, list, paragraph, type Message, type MessageBlock } from './message.js';

export function committeeConvened(data: CommitteeConvened): Message {
  return {
    subject: `Convocation au comité du ${dayInFrench(data.heldOn)} : ${data.title}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph('Vous êtes convoqué·e à une séance du comité de programmation. Son ordre du jour est arrêté.'),
      about(data, { 'Lignes à l’ordre du jour': String(data.lineCount), Quorum: `${data.quorum} membres présents` }),
      ...recusals(data.recusedFrom),
      link('Voir la séance et son ordre du jour', data.link),
    ],
    because: 'vous siégez à ce comité.',
  };
}

export function minutesAvailable(data: MinutesAvailable): Message {
  return {
    subject: `Procès-verbal arrêté : comité du ${dayInFrench(data.heldOn)}, ${data.title}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph('La séance est close et son procès-verbal est arrêté mot pour mot : il ne changera plus.'),
      about(data, { 'Empreinte (SHA-256)': data.contentHash }),
      paragraph(
        data.mayRead
          ? 'L’empreinte permet de vérifier qu’une copie est bien celle de ce procès-verbal.'
          : 'Demandez-en une copie à la coordination du contrat ; l’empreinte permet de vérifier que c’est bien ce procès-verbal.',
      ),
      paragraph('Les décisions restent confidentielles jusqu’à leur annonce aux organisations.'),
      link(data.mayRead ? 'Lire le procès-verbal' : 'Voir la séance', data.link),
    ],
    because: 'vous siégez à ce comité.',
  };
}

function recusals(organisations: readonly string[]): MessageBlock[] {
  if (organisations.length === 0) return [];
  return [heading('Vos déports'), paragraph('Vous ne prenez pas part aux débats ni aux décisions qui concernent :'), list(organisations)];
}

function about(
  { title, call, heldOn, place }: Pick<CommitteeConvened, 'title' | 'call' | 'heldOn' | 'place'>,
  more: Readonly<Record<string, string>>,
): MessageBlock {
  return facts({
    Séance: title,
    'Appel à projets': callName(call),
    Date: dayInFrench(heldOn),
    ...(place === null ? {} : { Lieu: place }),
    ...more,
  });
}
