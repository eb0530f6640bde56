import { Injectable } from '@nestjs/common';
import { cents } from '../../../kernel/money.js';
import { parisDay } from '../../../kernel/paris-day.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { renderPdf } from '../../../platform/pdf/render-pdf.js';
import { Funders } from '../../funding/index.js';
import { NotSubmitted } from '../domain/dossier.errors.js';
import { implicitRejectionOn } from '../domain/implicit-rejection.js';
import { receiptDocument, type ReceiptFacts } from '../domain/receipt-document.js';
import { ContentRepository, type Kept } from '../persistence/content.repository.js';
import { DossierFile, type FiledDossier } from './dossier-file.js';

/** The coordination of the contract. */
const SERVICE = {
  name: 'EPT Grand-Orly Seine Bièvre, coordination du contrat de ville',
  address: '11 avenue Henri-Farman, 94398 Orly',
} as const;

/** Administrative courts by département (code de justice administrative, art. R. 221-3). */
const COURTS: Readonly<Record<string, string>> = { '91': 'tribunal administratif de Versailles', '94': 'tribunal administratif de Melun' };

/** The receipt of a submission. It is made from what was attested then: the same dossier always gives the same file. */
@Injectable()
export class ReceiptQueries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly file: DossierFile,
    private readonly content: ContentRepository,
    private readonly funders: Funders,
  ) {}

  /** A tagged PDF. @throws NotFound, NotSubmitted */
  async get(dossierId: string, actor: Actor): Promise<{ name: string; pdf: Buffer }> {
    const dossier = await this.file.read(this.work.read, dossierId);
    authorize(actor, 'dossier.read-file', dossier.perimeter);
    const kept = await this.content.submitted(this.work.read, dossierId);
    if (dossier.submittedAt === null || dossier.receiptNumber === null || kept === null) throw new NotSubmitted();
    const facts = await this.facts(dossier, dossier.submittedAt, dossier.receiptNumber, kept);
    return { name: `recepisse-${dossier.receiptNumber}.pdf`, pdf: await renderPdf(receiptDocument(facts)) };
  }

  private async facts(dossier: FiledDossier, receivedAt: Date, receiptNumber: string, kept: Kept): Promise<ReceiptFacts> {
    const { callTitle, callYear, organisationName, siret, implicitRejectionMonths } = dossier.terms;
    const requests = kept.actions.flatMap(({ budgets }) =>
      budgets.flatMap(({ products }) => products.flatMap(({ funderId }) => funderId ?? [])),
    );
    const names = new Map((await this.funders.byIds(this.work.read, [...new Set(requests)])).map(({ id, name }) => [id, name]));
    return {
      receiptNumber,
      dossierNumber: dossier.number,
      dossierTitle: kept.title,
      organisation: { name: organisationName, siret },
      call: { title: callTitle, year: callYear },
      receivedAt,
      implicitRejectionOn: implicitRejectionOn(parisDay(receivedAt), [], implicitRejectionMonths),
      actions: kept.actions.map((action) => ({ title: action.title, requests: requestsOf(action, names) })),
      service: SERVICE,
      courts: dossier.perimeter.flatMap(({ kind, code }) => (kind === 'department' && COURTS[code] !== undefined ? [COURTS[code]] : [])),
    };
  }
}

function requestsOf(action: Kept['actions'][number], names: ReadonlyMap<string, string>): ReceiptFacts['actions'][number]['requests'] {
  return action.budgets.flatMap(({ year, products }) =>
    products.flatMap(({ funderId, amountCents }) =>
      funderId && amountCents !== '0'
        ? [{ funder: names.get(funderId) ?? 'Financeur', year, amountCents: cents(BigInt(amountCents)) }]
        : [],
    ),
  );
}
