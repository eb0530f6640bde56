import { dayInFrench, instantInFrench } from '../../../../kernel/french-dates.js';
import { inFrench } from '../../../../kernel/money.js';
import type {
  RepaymentAsked,
  ReportAccepted,
  ReportOwed,
  ReportRef,
  ReportsDue,
  ReportSubmitted,
  ReportToAmend,
} from '../../domain/mail-data.js';
import { beginning, facts, heading, link, paragraph, quote, type Message, type MessageBlock } from './message.js';

const WRITES = 'vous rédigez ou signez les bilans de cette organisation.';

/** All that a person owes, in one message. */
export function reportsDue({ reports, dueOn, isOverdue, ...data }: ReportsDue): Message {
  const many = reports.count > 1;
  const day = dayInFrench(dueOn);
  return {
    subject: isOverdue
      ? `${reports.count} ${many ? 'bilans' : 'bilan'} en retard depuis le ${day}`
      : `${reports.count} ${many ? 'bilans' : 'bilan'} à déposer, au plus tard le ${day}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(
        isOverdue
          ? 'L’échéance est passée. Tant qu’un bilan est en retard, votre organisation ne peut pas déposer de nouvelle demande.'
          : 'Chaque action financée donne lieu à un bilan d’activité et à un compte rendu financier. Ceux-ci sont attendus de vous :',
      ),
      beginning(reports, owed),
      paragraph(
        'Un bilan est déposé par un signataire, qui atteste qu’il est exact. Si l’action n’a pas eu lieu ou se termine plus tard, dites-le : une action se déclare non réalisée, et un report de dates se demande.',
      ),
      link('Voir mes organisations', data.link),
    ],
    because: 'vous rédigez ou signez les bilans d’une organisation qui en doit.',
  };
}

export function reportSubmitted(data: ReportSubmitted): Message {
  return {
    subject: `Bilan à examiner : ${data.report.organisation}, ${data.report.actionTitle}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(
        data.isInterim
          ? 'L’organisation a déposé un bilan intermédiaire. Son acceptation ouvre l’année suivante de la convention pluriannuelle.'
          : 'L’organisation a déposé son bilan : il attend que chacun de ses financeurs l’accepte ou demande qu’il soit corrigé.',
      ),
      about(data.report, { 'Déposé le': instantInFrench(data.submittedAt) }),
      link('Examiner le bilan', data.link),
    ],
    because: 'vous examinez les bilans d’un financeur de cette action.',
  };
}

export function reportToAmend(data: ReportToAmend): Message {
  return {
    subject: `Bilan à corriger : ${data.report.actionTitle}, ${data.report.year}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph('Un financeur demande que ce bilan soit corrigé. Modifiez-le, puis un signataire l’atteste et le dépose à nouveau.'),
      about(data.report),
      ...data.asked.flatMap(({ funder, reason }) => [heading(`${funder} : ce qui est demandé`), quote(reason)]),
      link('Corriger le bilan', data.link),
    ],
    because: WRITES,
  };
}

export function reportAccepted(data: ReportAccepted): Message {
  return {
    subject: `Bilan accepté : ${data.report.actionTitle}, ${data.report.year}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(
        data.isInterim
          ? 'Tous les financeurs ont accepté ce bilan intermédiaire. L’année suivante de la convention peut être confirmée, si les crédits sont ouverts.'
          : 'Tous les financeurs ont accepté ce bilan. Si une part de la subvention n’a pas été employée, son reversement vous sera demandé par un autre message.',
      ),
      about(data.report),
      link('Voir le bilan', data.link),
    ],
    because: WRITES,
  };
}

export function repaymentAsked(data: RepaymentAsked): Message {
  return {
    subject: `Reversement demandé à ${data.organisation} : ${inFrench(data.amountCents)}`,
    recipientName: data.recipientName,
    blocks: [
      paragraph(`${data.funder} demande à votre organisation, ${data.organisation}, de reverser une part de sa subvention.`),
      about(data, {
        'Montant à reverser': inFrench(data.amountCents),
        'Au plus tard le': dayInFrench(data.dueOn),
        ...(data.titleReference === null ? {} : { 'Titre de perception': data.titleReference }),
      }),
      heading('Le motif'),
      quote(data.reason),
      heading('Vos recours'),
      paragraph(
        'Cette demande peut être contestée dans les deux mois : par un recours gracieux auprès du financeur, ou devant le tribunal administratif (www.telerecours.fr).',
      ),
      link('Voir la demande de reversement', data.link),
    ],
    because: 'vous êtes membre de cette organisation.',
  };
}

const owed = ({ organisation, dossierNumber, actionTitle, year, dueOn }: ReportOwed): string =>
  `${actionTitle}, ${year} (${organisation}, dossier ${dossierNumber}) : ${dayInFrench(dueOn)}`;

function about({ organisation, dossierNumber, actionTitle, year }: ReportRef, more: Readonly<Record<string, string>> = {}): MessageBlock {
  return facts({ Action: `${actionTitle} (dossier ${dossierNumber})`, Année: String(year), Organisation: organisation, ...more });
}
