import { dayInFrench } from '../../../kernel/french-dates.js';
import { inFrench } from '../../../kernel/money.js';
import { authorityOf } from './act-authority.js';
import {
  accounts,
  actionsTable,
  appeals,
  articles,
  beneficiaryFacts,
  commitment,
  CONTROL,
  heading,
  inFull,
  paragraph,
  PAYMENT,
  reporting,
  signatures,
  USE,
  visas,
} from './act-clauses.js';
import type { ActContent, ActSignature } from './act-content.js';
import type { DocumentBlock } from '../../../kernel/document.js';
import type { ActText } from './act-text.js';

/** Convention annuelle, due above the threshold: object, amount, payment, use, control, unspent money (loi n° 2000-321, art. 10). */
export function agreementV1(content: ActContent, signature: ActSignature | null): ActText {
  const title = `Convention annuelle n° ${content.number}`;
  const end =
    content.lines
      .map(({ endsOn }) => endsOn)
      .sort()
      .at(-1) ?? `${content.year}-12-31`;
  return {
    title,
    blocks: [
      heading(1, title),
      ...parties(content),
      visas(content),
      paragraph('Il est convenu ce qui suit :'),
      ...articles([
        [
          'Objet',
          paragraph(
            `Par la présente convention, le bénéficiaire s’engage, à son initiative et sous sa responsabilité, à réaliser les actions ci-dessous, et le financeur à y contribuer ` +
              `au titre de l’année ${content.year}, sans contrepartie directe.`,
          ),
          actionsTable(content),
        ],
        [
          'Durée',
          paragraph(
            `La convention prend effet à sa notification et s’achève avec les actions, au plus tard le ${dayInFrench(end)}, sans préjudice des obligations de compte rendu.`,
          ),
        ],
        ['Montant', paragraph(`Le financeur contribue pour ${inFull(content.amountCents)}. ${becauseOf(content)}`)],
        ['Versement', paragraph(PAYMENT)],
        ['Emploi de la subvention', paragraph(USE)],
        ['Compte rendu', reporting(content.year)],
        ...commitmentAndAccounts(content),
        ['Contrôle et évaluation', paragraph(CONTROL)],
        ...amendmentAndEnd(),
        ['Recours', appeals(content)],
      ]),
      ...signatures(content, signature),
    ],
  };
}

export function parties(content: ActContent): readonly DocumentBlock[] {
  const { title, isState } = authorityOf(content);
  return [
    paragraph(
      `Entre ${isState ? `l’État, représenté par ${title.charAt(0).toLowerCase()}${title.slice(1)}` : title}, ci-après « le financeur », et le bénéficiaire :`,
    ),
    beneficiaryFacts(content),
  ];
}

export function commitmentAndAccounts(content: ActContent): readonly (readonly [string, ...DocumentBlock[]])[] {
  const committed = commitment(content);
  const published = accounts(content);
  return [
    ...(committed.length === 0 ? [] : [['Contrat d’engagement républicain', ...committed] as const]),
    ...(published.length === 0 ? [] : [['Comptes annuels', ...published] as const]),
  ];
}

export function amendmentAndEnd(): readonly (readonly [string, ...DocumentBlock[]])[] {
  return [
    [
      'Avenant',
      paragraph(
        'La convention ne se modifie que par un avenant signé des deux parties. La demande en est faite par écrit et en précise l’objet et la cause.',
      ),
    ],
    [
      'Manquements et résiliation',
      paragraph(
        'En cas d’inexécution ou de modification substantielle sans accord écrit, le financeur peut, après avoir entendu le bénéficiaire, exiger le reversement de tout ou ' +
          'partie des sommes versées ou suspendre la subvention. Chaque partie peut résilier la convention deux mois après une mise en demeure restée sans effet.',
      ),
    ],
  ];
}

/** Why an agreement: the amount alone may not tell, when earlier acts of the year count. */
function becauseOf({ yearTotalCents, agreementAboveCents, amountCents, year }: ActContent): string {
  if (yearTotalCents <= agreementAboveCents || yearTotalCents === amountCents) return '';
  return (
    `Ses subventions au bénéficiaire pour ${year}, actes antérieurs compris, s’élèvent à ${inFrench(yearTotalCents)}, au-delà du seuil de ` +
    `${inFrench(agreementAboveCents)} à partir duquel une convention est due.`
  );
}
