import { instantInFrench } from '../../../../kernel/french-dates.js';
import type { WebhookStopped } from '../../domain/mail-data.js';
import { facts, heading, link, paragraph, type Message } from './message.js';

const CAUSES: Readonly<Record<WebhookStopped['cause'], string>> = {
  gone: 'Il a répondu 410 (« Gone ») : par cette réponse, un système demande à ne plus rien recevoir.',
  failing: 'Depuis plus de cinq jours, aucun envoi n’a abouti.',
};

export function webhookStopped(data: WebhookStopped): Message {
  const { description, failingSince } = data;
  return {
    subject: `Point de réception arrêté : ${description ?? data.url}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(`Ce point de réception ne reçoit plus rien. ${CAUSES[data.cause]}`),
      facts({
        Adresse: data.url,
        ...(description === null ? {} : { Description: description }),
        'Arrêté le': instantInFrench(data.stoppedAt),
        ...(failingSince === null ? {} : { 'En échec depuis le': instantInFrench(failingSince) }),
      }),
      link('Voir les envois et leurs réponses', data.link),
      heading('Pour le remettre en service'),
      paragraph(
        'Corrigez le système qui reçoit, puis appelez l’opération ci-dessous avec la version du point de réception. Ce qu’il a manqué n’est pas renvoyé de lui-même : chaque envoi peut être rejoué depuis le journal, gardé quatre-vingt-dix jours.',
      ),
      facts({ Opération: data.operation }),
    ],
    because: 'vous avez déclaré ce point de réception.',
  };
}
