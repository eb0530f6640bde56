import { inFrench } from '../../../../kernel/money.js';
import type { CpoRenewal, TrancheToAnnounce, TrancheToConfirm } from '../../domain/mail-data.js';
import { facts, link, paragraph, type Message, type MessageBlock } from './message.js';

export function trancheToConfirm(data: TrancheToConfirm): Message {
  return {
    subject: `Tranche ${data.year} à confirmer : ${data.organisation}, ${data.actionTitle}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(
        `Le bilan de l’année ${data.year - 1} est accepté : la tranche ${data.year} de cette convention pluriannuelle peut être confirmée.`,
      ),
      about(data, { [`Tranche ${data.year}`]: inFrench(data.amountCents) }),
      paragraph(
        data.isReserved ? 'Ses crédits sont réservés.' : 'Aucune enveloppe ne lui réserve de crédits à ce jour : réservez-les d’abord.',
      ),
      link('Voir la convention', data.link),
    ],
    because: 'vous pouvez confirmer les tranches de ce financeur.',
  };
}

export function trancheToAnnounce(data: TrancheToAnnounce): Message {
  return {
    subject: `Tranche ${data.year} confirmée, à annoncer : ${data.organisation}, ${data.actionTitle}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(
        `${data.funder} a confirmé cette tranche. L’organisation ne le sait pas encore : elle l’apprendra quand vous l’annoncerez.`,
      ),
      about(data, { [`Tranche ${data.year}`]: inFrench(data.amountCents) }),
      link('Voir la convention', data.link),
    ],
    because: 'vous coordonnez le contrat de ville.',
  };
}

export function cpoRenewal(data: CpoRenewal): Message {
  return {
    subject: `Convention pluriannuelle à renouveler ? ${data.organisation}, ${data.actionTitle}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(
        `Cette convention pluriannuelle d’objectifs se termine avec l’année ${data.lastYear}. Une suite peut se préparer dès maintenant : elle passe par l’appel à projets de l’année suivante, et rien n’en est décidé.`,
      ),
      about(data, { Durée: `de ${data.firstYear} à ${data.lastYear}` }),
      paragraph('La page ci-dessous propose un point de départ : le contenu de l’action et la moyenne de ce qui était convenu.'),
      link('Voir ce que serait la suite', data.link),
    ],
    because: 'vous suivez cette convention.',
  };
}

type AboutCpo = Pick<CpoRenewal, 'organisation' | 'funder' | 'reference' | 'dossierNumber' | 'actionTitle'>;

function about(
  { organisation, funder, reference, dossierNumber, actionTitle }: AboutCpo,
  more: Readonly<Record<string, string>>,
): MessageBlock {
  return facts({
    ...(reference === null ? {} : { Convention: reference }),
    Financeur: funder,
    Organisation: organisation,
    Action: `${actionTitle} (dossier ${dossierNumber})`,
    ...more,
  });
}
