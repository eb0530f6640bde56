import { dayInFrench } from '../../../kernel/french-dates.js';
import { amountInWords } from '../../../kernel/french-numbers.js';
import { inFrench, type Money } from '../../../kernel/money.js';
import { authorityOf } from './act-authority.js';
import type { ActContent, ActSignature } from './act-content.js';
import type { DocumentBlock } from '../../../kernel/document.js';

export const heading = (level: 1 | 2, text: string): DocumentBlock => ({ kind: 'heading', level, text });
export const paragraph = (text: string): DocumentBlock => ({ kind: 'paragraph', text });
export const list = (items: readonly string[]): DocumentBlock => ({ kind: 'list', items });

/** Associations and foundations subscribe to the contrat d’engagement républicain (loi n° 2000-321, art. 10-1). */
const COMMITTED: ReadonlySet<string> = new Set(['association', 'foundation']);

/** Numbers the articles as they come, so that one left out leaves no hole. */
export function articles(parts: readonly (readonly [title: string, ...blocks: readonly DocumentBlock[]])[]): readonly DocumentBlock[] {
  return parts.flatMap(([title, ...blocks], index) => [heading(2, `Article ${index === 0 ? '1er' : index + 1} – ${title}`), ...blocks]);
}

/** « 23 000,00 € (vingt-trois mille euros) » */
export function inFull(amount: Money): string {
  return `${inFrench(amount)} (${amountInWords(amount)})`;
}

/** `more`: what this act alone rests on, besides. */
export function visas(content: ActContent, more: readonly string[] = []): DocumentBlock {
  const { isState } = authorityOf(content);
  const numbers = [...new Set(content.lines.map(({ dossierNumber }) => dossierNumber))];
  return list([
    ...(isState ? ['Vu la loi organique n° 2001-692 du 1er août 2001 relative aux lois de finances ;'] : []),
    'Vu la loi n° 2000-321 du 12 avril 2000 relative aux droits des citoyens dans leurs relations avec les administrations, notamment ses articles 9-1, 10 et 10-1 ;',
    'Vu la loi n° 2014-173 du 21 février 2014 de programmation pour la ville et la cohésion urbaine ;',
    'Vu le décret n° 2001-495 du 6 juin 2001 pris pour l’application de l’article 10 de la loi n° 2000-321 du 12 avril 2000 et relatif à la transparence financière des aides octroyées par les personnes publiques ;',
    ...(COMMITTED.has(content.beneficiary.legalForm)
      ? [
          'Vu le décret n° 2021-1947 du 31 décembre 2021 pris pour l’application de l’article 10-1 de la loi n° 2000-321 du 12 avril 2000 et approuvant le contrat d’engagement républicain ;',
        ]
      : []),
    ...(isState ? ['Vu le décret n° 2012-1246 du 7 novembre 2012 relatif à la gestion budgétaire et comptable publique ;'] : []),
    'Vu le contrat de ville Grand-Orly Seine Bièvre 2024-2030 ;',
    `Vu l’appel à projets « ${content.callTitle} » ;`,
    ...more,
    numbers.length === 1
      ? `Vu la demande de subvention présentée par le bénéficiaire (dossier ${numbers[0] ?? ''}).`
      : `Vu les demandes de subvention présentées par le bénéficiaire (dossiers ${numbers.join(', ')}).`,
  ]);
}

export function beneficiaryFacts({ beneficiary }: ActContent): DocumentBlock {
  return {
    kind: 'facts',
    rows: [
      ['Bénéficiaire', beneficiary.name],
      ['SIRET', beneficiary.siret],
      ...(beneficiary.rna === null ? [] : [['RNA', beneficiary.rna] as const]),
      ['Siège', beneficiary.address],
    ],
  };
}

export function actionsTable({ lines, amountCents }: ActContent): DocumentBlock {
  return {
    kind: 'table',
    caption: 'Actions subventionnées',
    head: ['Dossier', 'Action', 'Période', 'Montant'],
    rows: [
      ...lines.map((line) => [
        line.dossierNumber,
        line.scheme === null ? line.actionTitle : `${line.actionTitle} (${line.scheme})`,
        `du ${dayInFrench(line.startsOn)} au ${dayInFrench(line.endsOn)}`,
        inFrench(line.amountCents),
      ]),
      ['Total', '', '', inFrench(amountCents)],
    ],
    align: ['left', 'left', 'left', 'right'],
  };
}

/** Loi n° 2000-321, art. 10, as completed by loi n° 2021-875 du 1er juillet 2021, art. 2. */
export const PAYMENT =
  'La subvention est versée dans un délai de soixante jours à compter de la notification du présent acte, sur le compte bancaire ouvert au nom du bénéficiaire.';

/** Loi n° 2000-321, art. 10; arrêté du 11 octobre 2006. */
export function reporting(year: number): DocumentBlock {
  return paragraph(
    'Le bénéficiaire dépose, pour chaque action, un compte rendu financier et un bilan d’activité dans les six mois qui suivent la fin de l’exercice ' +
      `pour lequel la subvention est attribuée, soit au plus tard le 30 juin ${year + 1} pour un exercice qui coïncide avec l’année civile. Le compte rendu suit ` +
      'les rubriques du budget présenté à l’appui de la demande et explique les écarts (formulaire Cerfa n° 15059).',
  );
}

export const USE =
  'La subvention est affectée aux actions désignées par le présent acte, à l’exclusion de tout autre emploi. Le bénéficiaire ne peut la reverser à un tiers. ' +
  'Ce qui n’a pas été employé, ou l’a été à autre chose, est reversé.';

export const CONTROL =
  'Le bénéficiaire tient à disposition les pièces qui justifient ses dépenses et facilite tout contrôle, sur pièces ou sur place, de l’emploi de la subvention. ' +
  'Il signale sans délai toute difficulté ou tout retard dans l’exécution d’une action, et fait état du soutien reçu dans sa communication.';

/** The clause on the republican commitment; none for those whom the law does not bind to it. */
export function commitment({ beneficiary }: ActContent): readonly DocumentBlock[] {
  if (!COMMITTED.has(beneficiary.legalForm)) return [];
  return [
    paragraph(
      'Le bénéficiaire respecte le contrat d’engagement républicain qu’il a souscrit en déposant sa demande et en informe ses membres. S’il y manque, la subvention ' +
        'lui est retirée par décision motivée, après qu’il a pu présenter ses observations, et les sommes correspondantes sont restituées (loi n° 2000-321, article 10-1).',
    ),
  ];
}

/** Code de commerce, art. L. 612-4 and D. 612-5; décret n° 2009-540 du 14 mai 2009. None at or below the threshold. */
export function accounts({ publicMoneyCents, accountsAboveCents, year }: ActContent): readonly DocumentBlock[] {
  if (publicMoneyCents <= accountsAboveCents) return [];
  return [
    paragraph(
      `Les subventions en numéraire annoncées au bénéficiaire par l’ensemble des financeurs publics pour ${year} s’élèvent à ${inFrench(publicMoneyCents)}. Au-delà de ` +
        `${inFrench(accountsAboveCents)}, il établit des comptes annuels, les fait certifier par un commissaire aux comptes et en assure la publicité (code de commerce, ` +
        'article L. 612-4 ; décret n° 2009-540 du 14 mai 2009).',
    ),
  ];
}

/** Code de justice administrative, art. R. 421-1; code des relations entre le public et l’administration, art. L. 411-2. */
export function appeals(content: ActContent): DocumentBlock {
  return paragraph(
    `Le présent acte peut être contesté dans les deux mois qui suivent sa notification : par un recours gracieux auprès de son auteur, ou devant ${authorityOf(content).court} ` +
      '(www.telerecours.fr).',
  );
}

/** The end of the document: who signed, or that nobody has yet. */
export function signatures(content: ActContent, signature: ActSignature | null): readonly DocumentBlock[] {
  const authority = authorityOf(content);
  if (signature === null)
    return [
      heading(2, 'Signature'),
      paragraph('Document préparé, non signé : il ne produit aucun effet avant sa signature et sa notification.'),
    ];
  const { signatoryName, signedOn, place, beneficiarySignedOn } = signature;
  const both =
    beneficiarySignedOn === null
      ? []
      : [['Pour le bénéficiaire', `${content.beneficiary.name}, signé le ${dayInFrench(beneficiarySignedOn)}`] as const];
  return [
    heading(2, content.isBilateral ? 'Signatures' : 'Signature'),
    paragraph(`Fait ${place === null ? '' : `à ${place}, `}le ${dayInFrench(signedOn)}.`),
    { kind: 'facts', rows: [[authority.isState ? authority.title : `Pour ${content.funder.name}`, signatoryName], ...both] },
  ];
}
