import type { DocumentBlock, FrenchDocument } from '../../../kernel/document.js';
import type { Day } from '../../../kernel/day.js';
import { dayInFrench, instantInFrench } from '../../../kernel/french-dates.js';
import { add, inFrench, type Money } from '../../../kernel/money.js';

/** What the receipt of a dossier states (code des relations entre le public et l'administration, art. R. 112-5). */
export interface ReceiptFacts {
  readonly receiptNumber: string;
  readonly dossierNumber: string;
  readonly dossierTitle: string;
  readonly organisation: { readonly name: string; readonly siret: string };
  readonly call: { readonly title: string; readonly year: number };
  readonly receivedAt: Date;
  /** The day the silence of the administration means a refusal, as computed at submission. */
  readonly implicitRejectionOn: Day;
  readonly actions: readonly {
    readonly title: string;
    readonly requests: readonly { readonly funder: string; readonly year: number; readonly amountCents: Money }[];
  }[];
  /** Who handles the dossier and how to reach them. */
  readonly service: { readonly name: string; readonly address: string; readonly email?: string; readonly phone?: string };
  /** The administrative courts of the territory, by name; empty: the competent one is left to the reader. */
  readonly courts: readonly string[];
}

/** The receipt's content, in reading order. It only repeats facts: the same dossier always gives the same receipt. */
export function receiptDocument(facts: ReceiptFacts): FrenchDocument {
  return {
    title: `Récépissé n° ${facts.receiptNumber} – dossier ${facts.dossierNumber}`,
    language: 'fr-FR',
    author: facts.service.name,
    createdAt: facts.receivedAt,
    footer: `Récépissé n° ${facts.receiptNumber} – dossier ${facts.dossierNumber}`,
    blocks: [
      { kind: 'heading', level: 1, text: 'Récépissé de dépôt d’une demande de subvention' },
      {
        kind: 'paragraph',
        text: `Votre dossier a été reçu le ${instantInFrench(facts.receivedAt)}. Ce récépissé prouve son dépôt ; il ne préjuge ni de sa recevabilité, ni de la décision.`,
      },
      { kind: 'facts', rows: depositRows(facts) },
      { kind: 'heading', level: 2, text: 'Ce que vous demandez' },
      requestTable(facts),
      { kind: 'heading', level: 2, text: 'La suite donnée à votre demande' },
      ...outcome(facts),
      { kind: 'heading', level: 2, text: 'Vos recours' },
      ...appeals(facts),
      { kind: 'heading', level: 2, text: 'Le service chargé de votre dossier' },
      { kind: 'facts', rows: serviceRows(facts.service) },
    ],
  };
}

function depositRows(facts: ReceiptFacts): readonly (readonly [string, string])[] {
  return [
    ['Récépissé', `n° ${facts.receiptNumber}`],
    ['Dossier', `${facts.dossierNumber} – ${facts.dossierTitle}`],
    ['Organisation', `${facts.organisation.name} (SIRET ${facts.organisation.siret})`],
    ['Appel à projets', `${facts.call.title} – ${facts.call.year}`],
    ['Date de réception', instantInFrench(facts.receivedAt)],
    ['Décision implicite de rejet', dayInFrench(facts.implicitRejectionOn)],
  ];
}

function requestTable(facts: ReceiptFacts): DocumentBlock {
  const lines = facts.actions.flatMap((action) =>
    action.requests.length === 0
      ? [[action.title, 'aucun financement demandé', '–', inFrench(0n)]]
      : action.requests.map((request) => [action.title, request.funder, String(request.year), inFrench(request.amountCents)]),
  );
  const total = add(...facts.actions.flatMap((action) => action.requests.map((request) => request.amountCents)));
  return {
    kind: 'table',
    caption: 'Actions du dossier et subventions demandées',
    head: ['Action', 'Financeur sollicité', 'Année', 'Montant demandé'],
    rows: [...lines, ['Total demandé', '', '', inFrench(total)]],
    align: ['left', 'left', 'left', 'right'],
  };
}

/** CRPA, art. L. 231-4 (silence on a financial request is a refusal) and L. 114-5 (an incomplete request suspends the delay). */
function outcome(facts: ReceiptFacts): readonly DocumentBlock[] {
  return [
    {
      kind: 'paragraph',
      text:
        `Si vous n’avez reçu aucune décision le ${dayInFrench(facts.implicitRejectionOn)}, votre demande est réputée rejetée : c’est une décision ` +
        'implicite de rejet (code des relations entre le public et l’administration, article L.\u00a0231-4). Elle n’empêche pas qu’une décision ' +
        'favorable soit prise plus tard.',
    },
    {
      kind: 'paragraph',
      text:
        'Si le service vous demande de compléter votre dossier, ce délai est suspendu jusqu’à votre réponse ou, à défaut, jusqu’à la date ' +
        'fixée pour répondre (même code, article L.\u00a0114-5). La nouvelle date figure alors sur votre dossier en ligne.',
    },
  ];
}

/** Code de justice administrative, art. R. 421-1 and R. 421-2; CRPA, art. L. 411-2. */
function appeals(facts: ReceiptFacts): readonly DocumentBlock[] {
  const court =
    facts.courts.length === 0 ? 'devant le tribunal administratif territorialement compétent' : `devant le ${facts.courts.join(' ou le ')}`;
  return [
    {
      kind: 'paragraph',
      text: 'Vous pouvez contester un rejet, implicite ou exprès, dans les deux mois qui suivent la date à laquelle il est né ou vous a été notifié :',
    },
    {
      kind: 'list',
      items: [
        'par un recours gracieux, adressé par écrit au service désigné ci-dessous ; formé dans ces deux mois, il prolonge le délai du recours ' +
          'contentieux, qui ne recommence à courir qu’à compter du rejet du recours gracieux (le silence gardé pendant deux mois vaut rejet) ;',
        `par un recours contentieux, ${court}, par courrier, au greffe ou par l’application Télérecours citoyens (www.telerecours.fr).`,
      ],
    },
  ];
}

function serviceRows(service: ReceiptFacts['service']): readonly (readonly [string, string])[] {
  return [
    ['Service', service.name],
    ['Adresse', service.address],
    ...(service.email === undefined ? [] : [['Courriel', service.email] as const]),
    ...(service.phone === undefined ? [] : [['Téléphone', service.phone] as const]),
  ];
}
