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
import type { ActText } from './act-text.js';

/** Arrêté attributif de subvention. Of a funder that is no State authority it is a decision, which its own body took. */
export function orderV1(content: ActContent, signature: ActSignature | null): ActText {
  const { isState, title: authority } = authorityOf(content);
  const name = isState ? 'Arrêté' : 'Décision';
  const committed = commitment(content);
  const published = accounts(content);
  return {
    title: `${name} n° ${content.number} portant attribution d’une subvention`,
    blocks: [
      heading(1, `${name} n° ${content.number} portant attribution d’une subvention`),
      beneficiaryFacts(content),
      paragraph(`${authority},`),
      visas(content),
      paragraph(isState ? 'Arrête :' : 'Décide :'),
      ...articles([
        [
          'Objet et montant',
          paragraph(
            `Une subvention de ${inFull(content.amountCents)} est attribuée à ${content.beneficiary.name} au titre de l’année ${content.year}, pour les actions suivantes.`,
          ),
          actionsTable(content),
        ],
        ['Versement', paragraph(PAYMENT)],
        ['Emploi de la subvention', paragraph(USE)],
        ['Compte rendu', reporting(content.year)],
        ...(committed.length === 0 ? [] : [['Contrat d’engagement républicain', ...committed] as const]),
        ['Contrôle', paragraph(CONTROL)],
        ...(published.length === 0 ? [] : [['Comptes annuels', ...published] as const]),
        [
          'Exécution et recours',
          paragraph(
            `Le présent acte est notifié au bénéficiaire. ${isState ? 'Les services de l’État sont chargés' : 'Les services du financeur sont chargés'}, chacun en ce qui le concerne, de son exécution.`,
          ),
          appeals(content),
        ],
      ]),
      ...signatures(content, signature),
    ],
  };
}
