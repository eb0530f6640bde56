import type { Day } from '../../../../kernel/day.js';
import { dayInFrench } from '../../../../kernel/french-dates.js';
import { inFrench } from '../../../../kernel/money.js';
import { parisDay } from '../../../../kernel/paris-day.js';
import type {
  GrantRef,
  PaymentAnnounced,
  PaymentCancelled,
  PaymentDue,
  PaymentMade,
  PaymentsDue,
  PaymentsMade,
  PaymentsReversed,
} from '../../domain/mail-data.js';
import { beginning, facts, link, paragraph, type Message } from './message.js';

const BECAUSE = 'vous êtes membre de cette organisation.';

export function paymentAnnounced(data: PaymentAnnounced): Message {
  return {
    subject: `Versement demandé pour ${data.organisation} : ${inFrench(data.amountCents)}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(
        `${data.funder} a demandé à son comptable de verser ce montant à votre organisation, ${data.organisation}. L’argent n’est pas encore versé : un autre message vous le dira.`,
      ),
      facts({
        Montant: inFrench(data.amountCents),
        Subvention: grantName(data),
        Action: `${data.actionTitle} (dossier ${data.dossierNumber})`,
        'Demandé le': dayInFrench(parisDay(data.requestedAt)),
      }),
      paragraph('Vérifiez que les coordonnées bancaires transmises à ce financeur sont toujours celles de votre organisation.'),
      link('Suivre le paiement', data.link),
    ],
    because: BECAUSE,
  };
}

/** The reason is for the funder's own people: it may speak of another beneficiary. */
export function paymentCancelled(data: PaymentCancelled): Message {
  return {
    subject: `Demande de versement annulée pour ${data.organisation} : ${inFrench(data.amountCents)}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(
        `${data.funder} a annulé la demande de versement dont un message vous avait prévenu : elle ne sera pas payée. La subvention de votre organisation, ${data.organisation}, ne change pas ; une nouvelle demande de versement vous serait annoncée.`,
      ),
      facts({
        Montant: inFrench(data.amountCents),
        Subvention: grantName(data),
        Action: `${data.actionTitle} (dossier ${data.dossierNumber})`,
        'Demandé le': dayInFrench(parisDay(data.requestedAt)),
        'Annulé le': dayInFrench(parisDay(data.cancelledAt)),
      }),
      link('Suivre le paiement', data.link),
    ],
    because: BECAUSE,
  };
}

export function paymentsDue({ payments, day, ...data }: PaymentsDue): Message {
  const several = payments.count > 1;
  return {
    subject: `${payments.count} ${several ? 'subventions sont' : 'subvention est'} à payer sous quinze jours`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(
        'Une subvention est payée dans les soixante jours qui suivent sa notification, sauf échéancier de la convention. Les montants ci-dessous ne le sont pas encore.',
      ),
      beginning(payments, (payment) => due(payment, day)),
      link('Voir les subventions notifiées', data.link),
    ],
    because: 'vous faites payer les subventions de ce financeur.',
  };
}

export function paymentsMade(data: PaymentsMade): Message {
  return {
    subject: `Versement de ${inFrench(data.totalCents)} à ${data.organisation}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(
        `${many(data) ? 'Les versements suivants ont été faits' : 'Le versement suivant a été fait'} à votre organisation, ${data.organisation}. Comptez quelques jours avant de le voir sur son compte.`,
      ),
      beginning(data.payments, paid),
      ...(many(data) ? [facts({ Total: inFrench(data.totalCents) })] : []),
      link('Voir l’organisation', data.link),
    ],
    because: BECAUSE,
  };
}

export function paymentsReversed(data: PaymentsReversed): Message {
  return {
    subject: `Versement corrigé pour ${data.organisation} : ${inFrench(data.totalCents)}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(
        `${many(data) ? 'Les versements suivants avaient été enregistrés par erreur : ils ne comptent' : 'Le versement suivant avait été enregistré par erreur : il ne compte'} plus comme fait à votre organisation, ${data.organisation}. Aucun argent n’est repris.`,
      ),
      beginning(data.payments, paid),
      ...(many(data) ? [facts({ Total: inFrench(data.totalCents) })] : []),
      link('Voir l’organisation', data.link),
    ],
    because: BECAUSE,
  };
}

const many = ({ payments }: PaymentsMade): boolean => payments.count > 1;

const grantName = ({ funder, scheme, year }: GrantRef): string => `${scheme === null ? funder : `${funder} (${scheme})`}, ${year}`;

const due = (payment: PaymentDue, day: Day): string => {
  const { amountCents, dueOn, organisation, actionTitle, dossierNumber, isRequested } = payment;
  const when = dueOn < day ? `en retard depuis le ${dayInFrench(dueOn)}` : `au plus tard le ${dayInFrench(dueOn)}`;
  const asked = isRequested ? 'versement demandé' : 'versement à demander';
  return `${inFrench(amountCents)} ${when}, ${grantName(payment)} : ${organisation}, ${actionTitle} (dossier ${dossierNumber}), ${asked}`;
};

const paid = (payment: PaymentMade): string =>
  `${inFrench(payment.amountCents)} le ${dayInFrench(payment.paidOn)}, ${grantName(payment)} : ${payment.actionTitle} (dossier ${payment.dossierNumber})`;
