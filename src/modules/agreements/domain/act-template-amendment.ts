import { dayInFrench } from '../../../kernel/french-dates.js';
import { inFrench } from '../../../kernel/money.js';
import { parties } from './act-template-agreement.js';
import { authorityOf } from './act-authority.js';
import { appeals, articles, beneficiaryFacts, heading, inFull, paragraph, signatures, visas } from './act-clauses.js';
import type { ActContent, ActSignature } from './act-content.js';
import type { DocumentBlock } from '../../../kernel/document.js';
import type { ActText } from './act-text.js';

/** Avenant to an agreement; of an arrêté, the arrêté that modifies it, or the agreement that becomes due above the threshold. */
export function amendmentV1(content: ActContent, signature: ActSignature | null): ActText {
  const { amends } = content;
  if (!amends) throw new Error('an amendment amends an act');
  const { isState, title: authority } = authorityOf(content);
  const decision = isState ? 'arrêté' : 'décision';
  const amended =
    amends.kind === 'order' ? `${isState ? 'l’' : 'la '}${decision} n° ${amends.number}` : `la convention n° ${amends.number}`;
  const title = `${nameOf(content, decision)} n° ${content.number} modifiant ${amended}`;
  return {
    title,
    blocks: [
      heading(1, title),
      ...(content.isBilateral ? parties(content) : [beneficiaryFacts(content), paragraph(`${authority},`)]),
      visas(content, [`Vu ${amended}, du ${dayInFrench(amends.signedOn)} ;`]),
      paragraph(content.isBilateral ? 'Il est convenu ce qui suit :' : isState ? 'Arrête :' : 'Décide :'),
      ...articles([
        [
          'Objet',
          paragraph(`Les montants suivants remplacent ceux que fixait ${amended}. Motif : ${content.reason ?? ''}`),
          changesTable(content),
        ],
        ['Montant', paragraph(`Les lignes modifiées s’élèvent désormais à ${inFull(content.amountCents)}. ${agreementDue(content)}`)],
        [
          'Autres clauses',
          paragraph('Toutes les autres clauses demeurent. La date à partir de laquelle court le délai de versement ne change pas.'),
        ],
        ['Recours', appeals(content)],
      ]),
      ...signatures(content, signature),
    ],
  };
}

function nameOf({ isBilateral, amends }: ActContent, decision: string): string {
  if (!isBilateral) return decision === 'arrêté' ? 'Arrêté modificatif' : 'Décision modificative';
  return amends?.kind === 'order' ? 'Convention' : 'Avenant';
}

function changesTable({ lines }: ActContent): DocumentBlock {
  return {
    kind: 'table',
    caption: 'Montants modifiés',
    head: ['Dossier', 'Action', 'Ancien montant', 'Nouveau montant'],
    rows: lines.map(({ dossierNumber, actionTitle, previousCents, amountCents }) => [
      dossierNumber,
      actionTitle,
      previousCents === null ? '–' : inFrench(previousCents),
      inFrench(amountCents),
    ]),
    align: ['left', 'left', 'right', 'right'],
  };
}

function agreementDue({ amends, isBilateral, yearTotalCents, agreementAboveCents, year }: ActContent): string {
  if (amends?.kind !== 'order' || !isBilateral) return '';
  return (
    `Les subventions du financeur au bénéficiaire pour ${year} s’élèvent ainsi à ${inFrench(yearTotalCents)} : au-delà de ${inFrench(agreementAboveCents)}, ` +
    'elles font l’objet d’une convention, que le présent acte constitue.'
  );
}
