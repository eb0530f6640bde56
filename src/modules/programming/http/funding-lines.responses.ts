import { toJson } from '../../../kernel/money.js';
import {
  CalendarDay,
  Cents,
  Flag,
  Instant,
  Nested,
  NestedList,
  OneOf,
  Text,
  TextList,
  Uuid,
  WholeNumber,
} from '../../../platform/http/fields.js';
import { BATCH_STATUSES } from '../domain/approval-batch.js';
import type { DecidedLine } from '../domain/decided-line.js';
import type { ProgrammingRow } from '../domain/programming-row.js';
import { FUNDING_LINE_STATES, type FundingLine } from '../use-cases/programming.queries.js';

export class OpinionOnLineResponse {
  @Text({ max: 50 }) role!: string;
  @OneOf(['favourable', 'reserved', 'unfavourable']) opinion!: string;
  @Cents({ nullable: true }) proposedCents!: number | null;
  @Text({ max: 5000, nullable: true }) reason!: string | null;
  @Instant() givenAt!: string;
}

export class ActionOfLineResponse {
  @Uuid() id!: string;
  @Text({ max: 300 }) title!: string;
  @Text({ max: 100 }) orientationCode!: string;
  @CalendarDay() startsOn!: string;
  @CalendarDay() endsOn!: string;
  @TextList({ max: 100, each: 100 }) qpv!: readonly string[];
  @TextList({ max: 100, each: 5, description: 'Codes INSEE, ceux des quartiers visés compris' }) communes!: readonly string[];
}

export class OrganisationOfLineResponse {
  @Uuid() id!: string;
  @Text({ max: 300 }) name!: string;
}

export class FunderOfLineResponse {
  @Uuid() id!: string;
  @Text({ max: 100 }) code!: string;
  @Text({ max: 300 }) name!: string;
}

/** An approval that waits for a second person. */
export class FirstApprovalResponse {
  @Uuid() approverId!: string;
  @Cents() amountCents!: number;
  @Instant() at!: string;
}

/** What a decision leaves of a line. */
export class DecidedLineResponse {
  @Uuid() id!: string;
  @WholeNumber({ min: 1, max: 2_147_483_647 }) version!: number;
  @OneOf(FUNDING_LINE_STATES) status!: string;
  @Uuid() callId!: string;
  @Uuid() dossierId!: string;
  @Text({ max: 300, nullable: true }) scheme!: string | null;
  @WholeNumber({ min: 2024, max: 2100 }) year!: number;
  @Cents() requestedCents!: number;
  @Cents({ nullable: true }) proposedCents!: number | null;
  @Cents({ nullable: true }) grantedCents!: number | null;
  @Cents({ description: 'Retenu dans l’enveloppe' }) reservedCents!: number;
  @Cents({ description: 'Engagé dans l’enveloppe' }) committedCents!: number;
  @Uuid({ nullable: true }) envelopeId!: string | null;
  @CalendarDay({ nullable: true }) decidedOn!: string | null;
  @Text({ max: 200, nullable: true }) decisionReference!: string | null;
  @Text({ max: 2000, nullable: true, description: 'Motif du refus ou du retour en arrière' }) reason!: string | null;
  @Instant({ nullable: true, description: 'Quand la décision a été dite à la structure' }) announcedAt!: string | null;
  @Flag({ description: 'La qualité du signataire a été vérifiée sur pièce : sans cela, rien ne s’accorde' }) signatoryVerified!: boolean;
  @Flag({ description: 'Accordée une première fois, elle attend une seconde personne' }) awaitingSecondApproval!: boolean;
  @Nested(() => FirstApprovalResponse, { nullable: true }) firstApproval!: FirstApprovalResponse | null;
}

/** What became of one line of a batch. */
export class BatchedResultResponse {
  @Uuid() lineId!: string;
  @OneOf(BATCH_STATUSES) status!: string;
  @WholeNumber({ min: 1, max: 2_147_483_647, nullable: true, description: 'De la ligne ensuite, ou quand la vôtre était périmée' })
  version!: number | null;
  @Text({ max: 100, nullable: true, description: 'Code de la règle qui refuse' }) code!: string | null;
  @Text({ max: 1000, nullable: true }) detail!: string | null;
}

export class ApproveBatchResponse {
  @NestedList(() => BatchedResultResponse, { max: 200 }) lines!: readonly BatchedResultResponse[];
}

/** One row of the programming table. */
export class ProgrammingRowResponse extends DecidedLineResponse {
  @Text({ max: 50 }) dossierNumber!: string;
  @Text({ max: 300 }) dossierTitle!: string;
  @Text({ max: 50 }) dossierStatus!: string;
  @Nested(() => ActionOfLineResponse) action!: ActionOfLineResponse;
  @Nested(() => OrganisationOfLineResponse) organisation!: OrganisationOfLineResponse;
  @Nested(() => FunderOfLineResponse) funder!: FunderOfLineResponse;
  @NestedList(() => OpinionOnLineResponse, { max: 1000 }) opinions!: OpinionOnLineResponse[];
}

type Decided = Pick<
  DecidedLine<FundingLine>,
  | ('id' | 'version' | 'callId' | 'dossierId' | 'scheme' | 'year' | 'requestedCents' | 'proposedCents' | 'grantedCents')
  | ('reservedCents' | 'committedCents' | 'envelopeId' | 'decidedOn' | 'decisionReference' | 'reason' | 'announcedAt')
  | ('signatoryVerified' | 'firstApproval')
> & { readonly state: string };

export function toDecidedLineResponse(line: Decided): DecidedLineResponse {
  const { firstApproval } = line;
  return {
    id: line.id,
    version: line.version,
    status: line.state,
    callId: line.callId,
    dossierId: line.dossierId,
    scheme: line.scheme,
    year: line.year,
    requestedCents: toJson(line.requestedCents),
    proposedCents: line.proposedCents === null ? null : toJson(line.proposedCents),
    grantedCents: line.grantedCents === null ? null : toJson(line.grantedCents),
    reservedCents: toJson(line.reservedCents),
    committedCents: toJson(line.committedCents),
    envelopeId: line.envelopeId,
    decidedOn: line.decidedOn,
    decisionReference: line.decisionReference,
    reason: line.reason,
    announcedAt: line.announcedAt?.toISOString() ?? null,
    signatoryVerified: line.signatoryVerified,
    awaitingSecondApproval: firstApproval !== null,
    firstApproval: firstApproval && {
      approverId: firstApproval.approverId,
      amountCents: toJson(firstApproval.amountCents),
      at: firstApproval.at.toISOString(),
    },
  };
}

export function toProgrammingRowResponse(row: ProgrammingRow): ProgrammingRowResponse {
  // Not a spread: V8 takes twenty times as long to spread an object and then add as many fields, 50 times a page.
  return Object.assign(toDecidedLineResponse(row), {
    dossierNumber: row.dossierNumber,
    dossierTitle: row.dossierTitle,
    dossierStatus: row.dossierState,
    action: {
      id: row.actionId,
      title: row.actionTitle,
      orientationCode: row.orientationCode,
      startsOn: row.startsOn,
      endsOn: row.endsOn,
      qpv: row.qpv,
      communes: row.communes,
    },
    organisation: { id: row.organisationId, name: row.organisationName },
    funder: { id: row.funderId, code: row.funderCode, name: row.funderName },
    opinions: row.opinions.map((opinion) => ({ ...opinion, givenAt: new Date(opinion.givenAt).toISOString() })),
  });
}
