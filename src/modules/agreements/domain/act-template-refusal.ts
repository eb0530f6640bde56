import { inFrench } from '../../../kernel/money.js';
import { authorityOf } from './act-authority.js';
import { beneficiaryFacts, heading, list, paragraph, signatures } from './act-clauses.js';
import type { ActContent, ActSignature } from './act-content.js';
import type { ActText } from './act-text.js';

/** Letter of refusal: each request, why, and how to contest it (code des relations entre le public et l’administration, art. L. 211-2 and R. 421-5 CJA). */
export function refusalV1(content: ActContent, signature: ActSignature | null): ActText {
  const { title: authority, court } = authorityOf(content);
  const title = `Lettre n° ${content.number} – rejet d’une demande de subvention`;
  return {
    title,
    blocks: [
      heading(1, title),
      beneficiaryFacts(content),
      paragraph(`Auteur de la décision : ${authority}.`),
      paragraph('Madame, Monsieur,'),
      paragraph(
        `Vous avez présenté, dans le cadre de l’appel à projets « ${content.callTitle} », une demande de subvention pour ${content.year}. Après instruction, elle n’a pas été ` +
          'retenue pour les actions suivantes.',
      ),
      {
        kind: 'table',
        caption: 'Demandes rejetées',
        head: ['Dossier', 'Action', 'Montant demandé', 'Motif'],
        rows: content.lines.map(({ dossierNumber, actionTitle, requestedCents, reason }) => [
          dossierNumber,
          actionTitle,
          inFrench(requestedCents),
          reason ?? 'non précisé',
        ]),
        align: ['left', 'left', 'right', 'left'],
      },
      heading(2, 'Vos recours'),
      paragraph('Vous pouvez contester cette décision dans les deux mois qui suivent sa notification :'),
      list([
        'par un recours gracieux, adressé par écrit à l’auteur de la décision ; formé dans ces deux mois, il prolonge le délai du recours contentieux, qui ne recommence à courir ' +
          'qu’à compter du rejet du recours gracieux (le silence gardé pendant deux mois vaut rejet) ;',
        `par un recours contentieux, devant ${court}, par courrier, au greffe ou par l’application Télérecours citoyens (www.telerecours.fr).`,
      ]),
      ...signatures(content, signature),
    ],
  };
}
