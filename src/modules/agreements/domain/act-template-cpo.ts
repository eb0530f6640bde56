import { inFrench } from '../../../kernel/money.js';
import { amendmentAndEnd, commitmentAndAccounts, parties } from './act-template-agreement.js';
import { appeals, articles, CONTROL, heading, inFull, paragraph, PAYMENT, reporting, signatures, USE, visas } from './act-clauses.js';
import type { ActContent, ActSignature } from './act-content.js';
import type { DocumentBlock } from '../../../kernel/document.js';
import type { ActText } from './act-text.js';

/** Convention pluriannuelle d’objectifs: three or four yearly tranches, each line one of them. */
export function cpoV1(content: ActContent, signature: ActSignature | null): ActText {
  const title = `Convention pluriannuelle d’objectifs n° ${content.number}`;
  const years = content.lines.map(({ year }) => year).sort((a, b) => a - b);
  const [first = content.year, last = content.year] = [years.at(0), years.at(-1)];
  return {
    title,
    blocks: [
      heading(1, title),
      ...parties(content),
      visas(content),
      paragraph('Il est convenu ce qui suit :'),
      ...articles([
        [
          'Objet et durée',
          paragraph(
            `Le bénéficiaire s’engage, à son initiative et sous sa responsabilité, à réaliser de ${first} à ${last} les actions ci-dessous, et le financeur à y contribuer, sans contrepartie directe.`,
          ),
        ],
        [
          'Montant et tranches',
          paragraph(`Le financeur contribue pour ${inFull(content.amountCents)} au plus, en tranches annuelles.`),
          tranchesTable(content),
        ],
        [
          'Confirmation des tranches',
          paragraph(
            'La première tranche est confirmée par la signature de la convention, chacune des suivantes par l’acceptation du bilan intermédiaire de l’année précédente ; ' +
              'toutes sous réserve de l’ouverture des crédits correspondants.',
          ),
        ],
        [
          'Versement',
          paragraph(PAYMENT),
          paragraph('Ce délai court, pour chaque tranche suivante, de la notification de sa confirmation.'),
        ],
        ['Emploi de la subvention', paragraph(USE)],
        [
          'Comptes rendus',
          reporting(last),
          paragraph('Un bilan intermédiaire, d’activité et financier, est déposé dans le même délai pour chaque année précédente.'),
        ],
        ...commitmentAndAccounts(content),
        ['Contrôle et évaluation', paragraph(CONTROL)],
        ...amendmentAndEnd(),
        ['Recours', appeals(content)],
      ]),
      ...signatures(content, signature),
    ],
  };
}

function tranchesTable({ lines, amountCents }: ActContent): DocumentBlock {
  return {
    kind: 'table',
    caption: 'Tranches annuelles par action',
    head: ['Année', 'Dossier', 'Action', 'Montant'],
    rows: [
      ...[...lines]
        .sort((a, b) => a.year - b.year)
        .map(({ year, dossierNumber, actionTitle, amountCents: tranche }) => [String(year), dossierNumber, actionTitle, inFrench(tranche)]),
      ['Total', '', '', inFrench(amountCents)],
    ],
    align: ['left', 'left', 'left', 'right'],
  };
}
