import { instantInFrench } from '../../../../kernel/french-dates.js';
import type {
  Invitation,
  MembershipEnded,
  MembershipGranted,
  MembershipRefused,
  MembershipRequested,
  OneTimeCode,
} from '../../domain/mail-data.js';
import { facts, heading, link, list, paragraph, quote, type Message, type MessageBlock } from './message.js';

export function accountConfirmation(data: OneTimeCode): Message {
  return {
    subject: 'Confirmez votre adresse électronique',
    recipientName: data.recipientName,
    blocks: [
      paragraph('Un compte a été demandé avec votre adresse. Pour l’ouvrir, confirmez qu’elle est bien la vôtre.'),
      ...oneTimeCode('Pour confirmer, donnez ce code dans le champ « token » de l’opération ci-dessous.', data),
      paragraph('Si vous n’avez rien demandé, ne faites rien : sans confirmation, aucun compte n’est ouvert.'),
    ],
    because: 'votre adresse a été donnée à l’inscription.',
  };
}

export function passwordReset(data: OneTimeCode): Message {
  return {
    subject: 'Choisissez un nouveau mot de passe',
    recipientName: data.recipientName,
    blocks: [
      paragraph('Vous avez demandé à changer votre mot de passe.'),
      ...oneTimeCode(
        'Donnez ce code dans le champ « token » de l’opération ci-dessous, avec votre nouveau mot de passe dans le champ « password ».',
        data,
      ),
      paragraph('Si vous n’avez rien demandé, ne faites rien : votre mot de passe ne change pas.'),
    ],
    because: 'un nouveau mot de passe a été demandé pour votre compte.',
  };
}

export function invitation(data: Invitation): Message {
  const { invitedBy, purposes } = data;
  return {
    subject:
      invitedBy === null
        ? 'Ouvrez votre compte sur l’outil du contrat de ville'
        : `${invitedBy} vous invite sur l’outil du contrat de ville`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(`${invitedBy === null ? 'Vous êtes invité·e' : `${invitedBy} vous invite`} à rejoindre l’outil du contrat de ville.`),
      ...(purposes.length === 0 ? [] : [heading('Ce que vous pourrez y faire'), list(purposes)]),
      heading('Ouvrir votre compte'),
      ...oneTimeCode(
        'Donnez ce code dans le champ « token » de l’opération ci-dessous, avec le mot de passe de votre choix dans le champ « password ».',
        data,
      ),
    ],
    because: 'votre adresse a été donnée pour cette invitation.',
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
      ...(data.message === null ? [] : [heading('Son message'), quote(data.message)]),
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
      paragraph('Votre place dans cette organisation est acceptée. Voici ce que vous pouvez y faire désormais.'),
      facts({ Organisation: data.organisation, 'Votre rôle': data.role }),
      link('Voir l’organisation', data.link),
    ],
    because: 'votre rôle dans cette organisation vient d’être décidé.',
  };
}

export function membershipRefused(data: MembershipRefused): Message {
  return {
    subject: `Votre demande pour ${data.organisation} n’est pas acceptée`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(`Votre demande pour agir au nom de ${data.organisation} a été refusée.`),
      ...(data.reason === null ? [] : [heading('Le motif'), quote(data.reason)]),
      paragraph(
        'Si c’est une erreur, voyez-le avec l’organisation ou avec le service politique de la ville de sa commune, puis demandez de nouveau.',
      ),
      link('Voir mes organisations', data.link),
    ],
    because: 'vous avez demandé à rejoindre cette organisation.',
  };
}

export function membershipEnded(data: MembershipEnded): Message {
  return {
    subject: `Vous ne pouvez plus agir pour ${data.organisation}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(`Il a été mis fin à votre place dans ${data.organisation} : vous ne voyez plus ses dossiers.`),
      ...(data.reason === null ? [] : [heading('Le motif'), quote(data.reason)]),
      paragraph('Si c’est une erreur, voyez-le avec l’organisation, puis demandez de nouveau à la rejoindre.'),
      link('Voir mes organisations', data.link),
    ],
    because: 'vous étiez membre de cette organisation.',
  };
}

function oneTimeCode(how: string, data: OneTimeCode): readonly MessageBlock[] {
  return [
    paragraph(how),
    facts({ 'Code à usage unique': data.code, 'Valable jusqu’au': instantInFrench(data.expiresAt), Opération: data.operation }),
    link('Essayer l’opération dans un navigateur', data.link),
    paragraph('Ce code n’est que pour vous : ne le transmettez à personne.'),
  ];
}
