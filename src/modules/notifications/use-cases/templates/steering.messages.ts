import { dayInFrench, instantInFrench } from '../../../../kernel/french-dates.js';
import { inFrench, subtract } from '../../../../kernel/money.js';
import type {
  CallClosing,
  CallOpen,
  CallPublished,
  DossiersFiled,
  EnvelopeNearlyUsed,
  OpinionGiven,
  OpinionsAsked,
  OpinionsGiven,
} from '../../domain/mail-data.js';
import { quotedCall } from './call-name.js';
import { beginning, facts, link, paragraph, type Message } from './message.js';

const OPINIONS: Readonly<Record<OpinionGiven['opinion'], string>> = {
  favourable: 'favorable',
  reserved: 'réservé',
  unfavourable: 'défavorable',
};
const ROLES: Readonly<Record<string, string>> = {
  instructor: 'chef·fe de projet',
  delegate: 'délégué·e de la préfète',
  prefecture: 'préfecture',
  partner: 'financeur',
  'citizens-council': 'conseil citoyen',
};

export function dossiersFiled({ dossiers, call, ...data }: DossiersFiled): Message {
  const [subject, arrived] =
    dossiers.count > 1 ? ['dossiers déposés', 'ces dossiers sont arrivés'] : ['dossier déposé', 'ce dossier est arrivé'];
  return {
    subject: `${dossiers.count} ${subject} : appel à projets ${call.year}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(`Dans l’appel à projets ${quotedCall(call)}, ${arrived}. La recevabilité est à vérifier.`),
      beginning(dossiers, ({ number, title, organisation }) => `${number}, ${title} (${organisation})`),
      link('Voir les dossiers', data.link),
    ],
    because: 'vous instruisez les dossiers de votre commune.',
  };
}

export function opinionsAsked({ dossiers, call, ...data }: OpinionsAsked): Message {
  return {
    subject: `${dossiers.count} ${dossiers.count > 1 ? 'dossiers attendent' : 'dossier attend'} votre avis : appel à projets ${call.year}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(`Dans l’appel à projets ${quotedCall(call)}, ce qui suit vient d’être déclaré recevable : votre avis est attendu.`),
      beginning(dossiers, ({ number, title, organisation }) => `${number}, ${title} (${organisation})`),
      link('Voir les dossiers', data.link),
    ],
    because: 'vous donnez un avis sur ces dossiers.',
  };
}

export function opinionsGiven({ opinions, call, counts, from, until, ...data }: OpinionsGiven): Message {
  const [when, then] =
    from === until ? [`le ${dayInFrench(until)}`, 'ce jour-là'] : [`du ${dayInFrench(from)} au ${dayInFrench(until)}`, 'pendant ces jours'];
  return {
    subject: `${opinions.count} avis ${opinions.count > 1 ? 'donnés' : 'donné'} ${when} : appel à projets ${call.year}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(`Voici les avis donnés ${then} dans l’appel à projets ${quotedCall(call)}.`),
      facts({ Favorables: String(counts.favourable), Réservés: String(counts.reserved), Défavorables: String(counts.unfavourable) }),
      beginning(
        opinions,
        ({ dossierNumber, actionTitle, funder, role, opinion }) =>
          `${dossierNumber}, ${actionTitle}, ${funder} : avis ${OPINIONS[opinion]}, ${ROLES[role] ?? role}`,
      ),
      link('Voir le tableau de programmation', data.link),
    ],
    because: 'vous coordonnez le contrat de ville.',
  };
}

export function envelopeNearlyUsed(data: EnvelopeNearlyUsed): Message {
  const { funder, programme, year, place, ceilingCents, usedCents } = data;
  // Rounded down: an envelope with a cent left is not used up.
  const percent = (usedCents * 100n) / ceilingCents;
  return {
    subject: `Enveloppe utilisée à ${percent} % : ${programme}, ${year}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph('Cette enveloppe est presque entièrement réservée, engagée ou déléguée.'),
      facts({
        Financeur: funder,
        Enveloppe: `${programme}, ${year}${place === null ? '' : ` (${place})`}`,
        Plafond: inFrench(ceilingCents),
        Utilisé: `${inFrench(usedCents)} (${percent} %)`,
        Disponible: inFrench(subtract(ceilingCents, usedCents)),
      }),
      paragraph('Une proposition qui dépasserait le disponible sera refusée.'),
      link('Voir l’enveloppe', data.link),
    ],
    because: 'vous gérez cette enveloppe.',
  };
}

export function callPublished({ call, opensAt, closesAt, isOpen, ...data }: CallPublished): Message {
  return {
    subject: `Appel à projets ${call.year} : ${isOpen ? 'il est ouvert' : `il ouvre le ${instantInFrench(opensAt)}`}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(`L’appel à projets ${quotedCall(call)} est publié.`),
      facts({ Ouverture: instantInFrench(opensAt), Fermeture: instantInFrench(closesAt) }),
      paragraph('Un dossier se prépare en brouillon et se reprend à tout moment ; une action d’une année passée peut y être recopiée.'),
      link('Lire l’appel à projets', data.link),
    ],
    because: FOLLOWS,
  };
}

export function callOpen({ call, closesAt, ...data }: CallOpen): Message {
  return {
    subject: `Appel à projets ${call.year} : il est ouvert`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(`L’appel à projets ${quotedCall(call)} est ouvert. Les dossiers se déposent jusqu’au ${instantInFrench(closesAt)}.`),
      paragraph('Un dossier se prépare en brouillon et se reprend à tout moment ; une action d’une année passée peut y être recopiée.'),
      link('Lire l’appel à projets', data.link),
    ],
    because: FOLLOWS,
  };
}

export function callClosing({ call, closesAt, ...data }: CallClosing): Message {
  return {
    subject: `Appel à projets ${call.year} : il ferme le ${instantInFrench(closesAt)}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(
        `L’appel à projets ${quotedCall(call)} ferme le ${instantInFrench(closesAt)}, et votre organisation n’y a pas commencé de dossier. Si elle ne demande rien cette année, ne tenez pas compte de ce message.`,
      ),
      link('Lire l’appel à projets', data.link),
    ],
    because: FOLLOWS,
  };
}

const FOLLOWS = 'votre organisation a déposé un dossier ces deux dernières années.';
