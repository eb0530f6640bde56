import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/id.js';
import type { Money } from '../../../kernel/money.js';
import { toJson } from '../../../platform/database/json.js';
import type { Query } from '../../../platform/database/query.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { EnvelopeCounters } from '../domain/envelope.js';
import type { FunderOfLine, FundingLine, LineInHand } from '../domain/funding-line.js';
import type { LineSync } from '../domain/line-sync.js';
import { LINE_COLUMNS, LINES } from './funding-line.columns.js';
import { holdsAction } from './holds-action.js';

/** Whose the lines of one budget are. */
export interface LineOwner {
  readonly actionId: string;
  readonly dossierId: string;
  readonly callId: string;
  readonly organisationId: string;
  readonly year: number;
}

export interface EnvelopeOfLine {
  readonly funderId: string;
  readonly year: number;
  readonly departmentCode: string | null;
  /** A sub-envelope is for the actions of its sector or commune. */
  readonly holdsAction: boolean;
}

type InHandRow = FundingLine & {
  readonly funder: FunderOfLine;
  readonly perimeter: LineInHand['perimeter'];
  readonly funderSectors: readonly string[];
  readonly dossierState: string;
  readonly dossierNumber: string;
  readonly signatoryVerified: boolean;
  readonly hasApprovalRule: boolean;
  readonly secondApproverAboveCents: Money | null;
  /** Amounts as text: JSON's numbers are floats. */
  readonly counters: Readonly<Record<keyof EnvelopeCounters, string>> | null;
};

const COUNTERS_JSON = `json_build_object(
  'ceilingAeCents', e.ceiling_ae_cents::text, 'ceilingCpCents', e.ceiling_cp_cents::text, 'reservedCents', e.reserved_cents::text,
  'committedCents', e.committed_cents::text, 'delegatedCents', e.delegated_cents::text, 'paidCents', e.paid_cents::text)`;

function countersFrom(text: Readonly<Record<keyof EnvelopeCounters, string>>): EnvelopeCounters {
  return Object.fromEntries(Object.entries(text).map(([name, value]) => [name, BigInt(value)])) as unknown as EnvelopeCounters;
}

const IN_HAND = `
  SELECT ${LINE_COLUMNS},
    json_build_object('id', f.id, 'code', f.code, 'name', f.name, 'kind', f.kind, 'departmentCode', f.department_code, 'inseeCode', f.insee_code) AS funder,
    CASE WHEN e.id IS NOT NULL THEN ${COUNTERS_JSON} END AS counters,
    d.perimeter, d.state AS "dossierState", d.number AS "dossierNumber", d.signatory_verified AS "signatoryVerified",
    coalesce(r.version > 0, false) AS "hasApprovalRule", r.second_approver_above_cents AS "secondApproverAboveCents",
    ARRAY(SELECT s.code FROM dossier_perimeters p JOIN sectors s ON s.code = p.code
          WHERE p.dossier_id = l.dossier_id AND p.kind = 'sector' AND s.department_code = f.department_code ORDER BY s.code) AS "funderSectors"
  FROM ${LINES} JOIN dossier_standing d ON d.dossier_id = l.dossier_id LEFT JOIN envelopes e ON e.id = l.envelope_id
    LEFT JOIN approval_rules r ON r.funder_id = l.funder_id`;

function inHand(row: InHandRow): LineInHand {
  const { funder, perimeter, funderSectors, dossierState, dossierNumber, signatoryVerified, counters, ...judged } = row;
  const { hasApprovalRule, secondApproverAboveCents, ...line } = judged;
  const dossier = { state: dossierState, number: dossierNumber, signatoryVerified };
  const approvalRule = hasApprovalRule ? { secondApproverAboveCents } : null;
  return { line, funder, perimeter, funderSectors, dossier, approvalRule, envelope: counters && countersFrom(counters) };
}

@Injectable()
export class FundingLineRepository {
  ofDossier(query: Query, dossierId: string): Promise<FundingLine[]> {
    return query<FundingLine>(`SELECT ${LINE_COLUMNS} FROM ${LINES} WHERE l.dossier_id = $1 ORDER BY l.id`, [dossierId]);
  }

  ofAction(query: Query, actionId: string): Promise<FundingLine[]> {
    return query<FundingLine>(`SELECT ${LINE_COLUMNS} FROM ${LINES} WHERE l.action_id = $1 ORDER BY l.id`, [actionId]);
  }

  /** Always in the order of ids, so that two acts on the same lines queue up rather than block each other. */
  lockOfDossier(query: Query, dossierId: string): Promise<FundingLine[]> {
    return query<FundingLine>(`SELECT ${LINE_COLUMNS} FROM ${LINES} WHERE l.dossier_id = $1 ORDER BY l.id FOR UPDATE OF l`, [dossierId]);
  }

  lockOfBudget(query: Query, actionId: string, year: number): Promise<FundingLine[]> {
    return query<FundingLine>(
      `SELECT ${LINE_COLUMNS} FROM ${LINES} WHERE l.action_id = $1 AND l.year = $2 AND l.state <> 'withdrawn' ORDER BY l.id FOR UPDATE OF l`,
      [actionId, year],
    );
  }

  /** Locks a line of a submitted dossier, with what decides who may judge it. @throws NotFound */
  async lockInHand(query: Query, id: string): Promise<LineInHand> {
    const [row] = await query<InHandRow>(`${IN_HAND} WHERE l.id = $1 AND d.submitted_at IS NOT NULL FOR UPDATE OF l`, [id]);
    if (!row) throw new NotFound();
    return inHand(row);
  }

  /** The same for many, in the order of ids; those that do not exist are left out. */
  async lockAllInHand(query: Query, ids: readonly string[]): Promise<LineInHand[]> {
    const sql = `${IN_HAND} WHERE l.id = ANY ($1::uuid[]) AND d.submitted_at IS NOT NULL ORDER BY l.id FOR UPDATE OF l`;
    return (await query<InHandRow>(sql, [ids])).map(inHand);
  }

  /** Locks the lines of those organisations that are decided and not told. */
  lockDecided(
    query: Query,
    callId: string,
    organisationIds: readonly string[],
    funderIds: readonly string[] | null,
  ): Promise<FundingLine[]> {
    return query<FundingLine>(
      `SELECT ${LINE_COLUMNS} FROM ${LINES}
       WHERE l.call_id = $1 AND l.organisation_id = ANY ($2::uuid[]) AND l.state IN ('approved', 'refused') AND ($3::uuid[] IS NULL OR l.funder_id = ANY ($3))
       ORDER BY l.id FOR UPDATE OF l`,
      [callId, organisationIds, funderIds],
    );
  }

  /** Whose an envelope is, and whether an action takes place where it is for: what never changes of it, hence read without a lock. */
  async envelopeOf(query: Query, id: string, actionId: string): Promise<EnvelopeOfLine | null> {
    const [row] = await query<EnvelopeOfLine>(
      `SELECT e.funder_id AS "funderId", e.year, e.department_code AS "departmentCode",
         ${holdsAction('$2')} AS "holdsAction"
       FROM envelopes e WHERE e.id = $1`,
      [id, actionId],
    );
    return row ?? null;
  }

  async outsideSubEnvelopes(
    query: Query,
    asked: readonly { readonly lineId: string; readonly envelopeId: string }[],
  ): Promise<ReadonlySet<string>> {
    const rows = await query<{ id: string }>(
      `SELECT l.id FROM unnest($1::uuid[], $2::uuid[]) AS n (line, envelope)
       JOIN envelopes e ON e.id = n.envelope AND e.parent_id IS NOT NULL JOIN funding_lines l ON l.id = n.line
       WHERE NOT (${holdsAction('l.action_id')})`,
      [asked.map(({ lineId }) => lineId), asked.map(({ envelopeId }) => envelopeId)],
    );
    return new Set(rows.map(({ id }) => id));
  }

  async write(query: Query, owner: LineOwner, sync: LineSync): Promise<void> {
    const { added, changed, vanished } = sync;
    if (vanished.length > 0) await query('DELETE FROM funding_lines WHERE id = ANY ($1::uuid[])', [vanished.map(({ id }) => id)]);
    if (changed.length > 0) {
      await query(
        `UPDATE funding_lines l SET requested_cents = c.requested, version = l.version + 1
         FROM unnest($1::uuid[], $2::bigint[]) AS c (id, requested) WHERE l.id = c.id`,
        [changed.map(({ id }) => id), changed.map(({ requestedCents }) => requestedCents)],
      );
    }
    if (added.length > 0) {
      await query(
        `INSERT INTO funding_lines (id, action_id, dossier_id, call_id, organisation_id, year, funder_id, scheme, requested_cents)
         SELECT n.id, $1, $2, $3, $4, $5, n.funder, n.scheme, n.requested
         FROM unnest($6::uuid[], $7::uuid[], $8::text[], $9::bigint[]) AS n (id, funder, scheme, requested)`,
        [
          ...[owner.actionId, owner.dossierId, owner.callId, owner.organisationId, owner.year],
          added.map(() => newId()),
          added.map(({ funderId }) => funderId),
          added.map(({ scheme }) => scheme),
          added.map(({ requestedCents }) => requestedCents),
        ],
      );
    }
  }

  /** Writes what an act changed of lines that it holds locked. */
  save(tx: Tx, lines: readonly FundingLine[]): void {
    if (lines.length === 0) return;
    tx.write(
      `UPDATE funding_lines l SET
         state = c.state, version = c.version, envelope_id = c."envelopeId", proposed_cents = c."proposedCents", proposed_by = c."proposerId",
         proposed_at = c."proposedAt", reserved_cents = c."reservedCents", committed_cents = c."committedCents", granted_cents = c."grantedCents",
         decided_by = c."deciderId", decided_at = c."decidedAt", decided_on = c."decidedOn", decision_reason = c.reason,
         decision_reference = c."decisionReference", announced_at = c."announcedAt", paid_cents = c."paidCents", ej_number = c."ejNumber",
         notified_at = c."notifiedAt"
       FROM jsonb_to_recordset($1::jsonb) AS c (
         id uuid, state text, version integer, "envelopeId" uuid, "proposedCents" bigint, "proposerId" uuid, "proposedAt" timestamptz,
         "reservedCents" bigint, "committedCents" bigint, "grantedCents" bigint, "deciderId" uuid, "decidedAt" timestamptz, "decidedOn" date,
         reason text, "decisionReference" text, "announcedAt" timestamptz, "paidCents" bigint, "ejNumber" text, "notifiedAt" timestamptz)
       WHERE l.id = c.id`,
      [toJson(lines)],
    );
  }
}
