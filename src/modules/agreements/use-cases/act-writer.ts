import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import { newId } from '../../../kernel/id.js';
import { add, type Money } from '../../../kernel/money.js';
import { parisDay } from '../../../kernel/paris-day.js';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { contentHash } from '../../dossiers/index.js';
import type { Funder, FundingLine } from '../../funding/index.js';
import type { ActContent, ActContentLine, ActParty } from '../domain/act-content.js';
import { purposeOf, type ActKind } from '../domain/act-kind.js';
import type { ActThresholds, Beneficiary } from '../domain/act-series.js';
import { currentTemplateVersion } from '../domain/act-templates.js';
import type { Act } from '../domain/act.js';
import { ActFacts } from '../persistence/act-facts.repository.js';
import { ActRepository } from '../persistence/act.repository.js';
import { auditedAct } from './act-rights.js';

export interface DraftLine {
  readonly line: FundingLine;
  /** What the act makes it; zero when it refuses. */
  readonly amountCents: Money;
}

/** An act that is decided, and not numbered yet. */
export interface ActDraft extends Beneficiary {
  readonly kind: ActKind;
  readonly isBilateral: boolean;
  readonly callId: string;
  readonly callTitle: string;
  readonly funder: Pick<Funder, 'id' | 'code' | 'name' | 'departmentCode'>;
  readonly party: ActParty;
  readonly lines: readonly DraftLine[];
  readonly thresholds: ActThresholds;
  readonly yearTotalCents: Money;
  readonly amends: { readonly id: string; readonly number: string; readonly kind: ActKind; readonly signedOn: Day } | null;
  readonly reason: string | null;
}

/** Freezes the content of an act, and numbers it. */
@Injectable()
export class ActWriter {
  constructor(
    private readonly acts: ActRepository,
    private readonly facts: ActFacts,
  ) {}

  /** Must be the last thing that a transaction asks: the number is taken here, and holds its series until the commit. */
  async write(tx: Tx, actor: Actor, draft: ActDraft): Promise<Act> {
    const { organisationId, year, funder, kind } = draft;
    const { totalCents } = await this.facts.publicMoney(tx.query, organisationId, year);
    const lines = await this.contentLines(tx, draft);
    const { rank, number } =
      kind === 'refusal-letter'
        ? { rank: null, number: await this.acts.nextLetterNumber(tx.query, year) }
        : await this.acts.nextNumber(tx.query, funder, year);
    const content: ActContent = {
      ...{ kind, templateVersion: currentTemplateVersion(kind), number, preparedAt: tx.at, year },
      funder: { code: funder.code, name: funder.name, departmentCode: funder.departmentCode },
      ...{ beneficiary: draft.party, callTitle: draft.callTitle, lines, amountCents: add(...lines.map(({ amountCents }) => amountCents)) },
      ...{ isBilateral: draft.isBilateral, yearTotalCents: draft.yearTotalCents, publicMoneyCents: totalCents, ...draft.thresholds },
      amends: draft.amends && { number: draft.amends.number, kind: draft.amends.kind, signedOn: draft.amends.signedOn },
      reason: draft.reason,
    };
    const act = actOf(draft, content);
    this.acts.insert(tx, { act, rank, purpose: purposeOf(kind), content, contentSha256: contentHash(content), preparedBy: actor.id });
    tx.audit('act.prepared', { type: 'act', id: act.id }, null, auditedAct(act));
    return act;
  }

  private async contentLines(tx: Tx, { kind, lines }: ActDraft): Promise<ActContentLine[]> {
    const facts = await this.facts.lineFacts(
      tx.query,
      lines.map(({ line }) => line.id),
    );
    return lines.map(({ line, amountCents }) => {
      const said = facts.get(line.id);
      if (!said) throw new Error('a line has an action and a dossier');
      const { id: lineId, scheme, year, requestedCents } = line;
      const previousCents = kind === 'amendment' ? line.grantedCents : null;
      const reason = kind === 'refusal-letter' ? line.reason : null;
      return { lineId, ...said, scheme, year, requestedCents, amountCents, previousCents, reason };
    });
  }
}

function actOf(
  { kind, isBilateral, callId, funder, organisationId, year, amends }: ActDraft,
  { number, amountCents, preparedAt }: ActContent,
): Act {
  return {
    ...{
      id: newId(),
      number,
      kind,
      state: 'prepared',
      version: 1,
      funderId: funder.id,
      organisationId,
      callId,
      year,
      amendsId: amends?.id ?? null,
    },
    ...{ amountCents, isBilateral, preparedOn: parisDay(preparedAt), signedOn: null, signedAt: null, signedBy: null, signatoryName: null },
    ...{
      signatureMethod: null,
      signaturePlace: null,
      signedFileId: null,
      signedSha256: null,
      beneficiarySignedOn: null,
      notifiedOn: null,
      notifiedAt: null,
      voidedAt: null,
      voidReason: null,
    },
  };
}
