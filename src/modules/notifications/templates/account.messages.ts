import { instantInFrench } from '../../../kernel/french-dates.js';
import type { Invitation, MembershipGranted, MembershipRequested, OneTimeLink } from './data.js';
import { facts, link, paragraph, type Message, type MessageBlock } from './message.js';

export function accountConfirmation(data: OneTimeLink): Message {
  return {
    subject: 'Confirmez votre adresse électronique',
    recipientName: data.recipientName,
    blocks: [
      paragraph('Un compte a été demandé avec votre adresse. Pour l’ouvrir, confirmez qu’elle est bien la vôtre.'),
      ...oneTimeLink('Confirmer mon adresse', data),
      paragraph('Si vous n’avez rien demandé, ne faites rien : sans confirmation, aucun compte n’est ouvert.'),
    ],
    because: 'votre adresse a été donnée à l’inscription.',
  };
}

export function passwordReset(data: OneTimeLink): Message {
  return {
    subject: 'Choisissez un nouveau mot de passe',
    recipientName: data.recipientName,
    blocks: [
      paragraph('Vous avez demandé à changer votre mot de passe.'),
      ...oneTimeLink('Choisir un nouveau mot de passe', data),
      paragraph('Si vous n’avez rien demandé, ne faites rien : votre mot de passe ne change pas.'),
    ],
    because: 'un nouveau mot de passe a été demandé pour votre compte.',
  };
}

export function invitation(data: Invitation): Message {
  return {
    subject: `${data.invitedBy} vous invite sur l’outil du contrat de ville`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(`${data.invitedBy} vous invite à rejoindre l’outil du contrat de ville.`),
      facts({ 'Ce que vous pourrez y faire': data.purpose }),
      ...oneTimeLink('Ouvrir mon compte', data),
    ],
    because: `${data.invitedBy} a donné votre adresse pour cette invitation.`,
  };
}

export function membershipRequested(data: MembershipRequested): Message {
  return {
    subject: `${data.requesterName} demande à rejoindre ${data.organisation}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(
        'Une personne demande à agir au nom d’une organisation. Le numéro SIRET étant public, assurez-vous de son identité avant d’accepter.',
      ),
      facts({
        Personne: data.requesterName,
        Courriel: data.requesterEmail,
        Organisation: data.organisation,
        'Rôle demandé': data.role,
      }),
      link('Répondre à la demande', data.link),
    ],
    because: 'vous pouvez accepter ou refuser cette demande.',
  };
}

export function membershipGranted(data: MembershipGranted): Message {
  return {
    subject: `Vous pouvez agir pour ${data.organisation}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph('Votre demande a été acceptée.'),
      facts({ Organisation: data.organisation, 'Votre rôle': data.role }),
      link('Voir les dossiers de l’organisation', data.link),
    ],
    because: 'vous avez demandé à rejoindre cette organisation.',
  };
}

function oneTimeLink(label: string, data: OneTimeLink): readonly MessageBlock[] {
  return [
    link(label, data.link),
    facts({ 'Code à usage unique': data.code, 'Valable jusqu’au': instantInFrench(data.expiresAt) }),
    paragraph('Ce code n’est que pour vous : ne le transmettez à personne.'),
  ];
}
