import { Injectable } from '@nestjs/common';
import type { Money } from '../../../kernel/money.js';
import { pageOf, type Page, type PageRequest } from '../../../kernel/page.js';
import type { Scope } from '../../../kernel/scope.js';
import type { Query } from '../../../platform/database/query.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { AgendaRow } from '../domain/agenda-row.js';
import type { CommitteeDecision, CommitteeDecisionKind, PlannedAmount } from '../domain/committee-decision.js';

/** A line of the agenda with what was decided of it, and what the adopted scenario plans. */
export interface AgendaEntry {
  readonly lineId: string;
  readonly position: number;
  readonly organisationId: string;
  readonly decision: CommitteeDecision | null;
  readonly planned: PlannedAmount;
}

interface EntryRow {
  readonly lineId: string;
  readonly position: number;
  readonly organisationId: string;
  readonly decision: CommitteeDecisionKind | null;
  readonly amountCents: Money | null;
  readonly envelopeId: string | null;
  readonly reason: string | null;
  readonly plannedCents: Money | null;
  readonly plannedEnvelopeId: string | null;
}

const ROWS = `
  FROM committee_lines c
  JOIN funding_lines l ON l.id = c.funding_line_id
  JOIN dossiers d ON d.id = l.dossier_id
  JOIN actions a ON a.id = l.action_id
  JOIN organisations o ON o.id = l.organisation_id
  JOIN funders f ON f.id = l.funder_id
  LEFT JOIN envelopes e ON e.id = c.envelope_id`;
const COLUMNS = `c.position, c.funding_line_id AS "lineId", l.state AS "lineState", d.number AS "dossierNumber", a.title AS "actionTitle",
  l.organisation_id AS "organisationId", o.name AS "organisationName", f.code AS "funderCode", f.name AS "funderName", l.year, l.scheme,
  l.requested_cents AS "requestedCents", c.decision, c.amount_cents AS "amountCents", c.envelope_id AS "envelopeId", e.programme, c.reason`;

@Injectable()
export class CommitteeAgenda {
  /** In the order of the agenda. */
  async entries(query: Query, committeeId: string): Promise<AgendaEntry[]> {
    const rows = await query<EntryRow>(
      `SELECT c.funding_line_id AS "lineId", c.position, l.organisation_id AS "organisationId", c.decision, c.amount_cents AS "amountCents",
         c.envelope_id AS "envelopeId", c.reason, p.amount_cents AS "plannedCents", p.envelope_id AS "plannedEnvelopeId"
       FROM committee_lines c
       JOIN funding_lines l ON l.id = c.funding_line_id
       LEFT JOIN scenarios s ON s.committee_id = c.committee_id AND s.adopted_at IS NOT NULL
       LEFT JOIN scenario_amounts p ON p.scenario_id = s.id AND p.funding_line_id = c.funding_line_id
       WHERE c.committee_id = $1 ORDER BY c.position`,
      [committeeId],
    );
    return rows.map(({ lineId, position, organisationId, plannedCents, plannedEnvelopeId, ...kept }) => ({
      ...{ lineId, position, organisationId },
      decision: decisionOf(kept),
      planned: { amountCents: plannedCents, envelopeId: plannedEnvelopeId },
    }));
  }

  /** Those of these lines that another session still has before it. */
  async elsewhere(query: Query, lineIds: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await query<{ id: string }>(
      'SELECT funding_line_id AS id FROM committee_lines WHERE live AND funding_line_id = ANY ($1::uuid[])',
      [lineIds],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** After those already there, in the order given. */
  add(tx: Tx, committeeId: string, lineIds: readonly string[]): void {
    tx.write(
      `INSERT INTO committee_lines (committee_id, funding_line_id, position)
       SELECT $1, n.id, n.rank + (SELECT coalesce(max(position), 0) FROM committee_lines WHERE committee_id = $1)
       FROM unnest($2::uuid[]) WITH ORDINALITY AS n (id, rank)`,
      [committeeId, lineIds],
    );
  }

  remove(tx: Tx, committeeId: string, lineIds: readonly string[]): void {
    tx.write('DELETE FROM committee_lines WHERE committee_id = $1 AND funding_line_id = ANY ($2::uuid[])', [committeeId, lineIds]);
  }

  /** `live`: false once the decisions are applied. */
  saveDecisions(tx: Tx, committeeId: string, decided: readonly (readonly [lineId: string, CommitteeDecision])[], live = true): void {
    const of = <T>(read: (decision: CommitteeDecision) => T) => decided.map(([, decision]) => read(decision));
    tx.write(
      `UPDATE committee_lines c SET decision = d.kind, amount_cents = d.amount, envelope_id = d.envelope, reason = d.reason, live = $7
       FROM unnest($2::uuid[], $3::text[], $4::bigint[], $5::uuid[], $6::text[]) AS d (id, kind, amount, envelope, reason)
       WHERE c.committee_id = $1 AND c.funding_line_id = d.id`,
      [
        committeeId,
        decided.map(([lineId]) => lineId),
        of(({ kind }) => kind),
        of((decision) => (decision.kind === 'proposed' ? decision.amountCents : null)),
        of((decision) => (decision.kind === 'proposed' ? decision.envelopeId : null)),
        of(({ reason }) => reason),
        live,
      ],
    );
  }

  /** The whole agenda. */
  rows(query: Query, committeeId: string): Promise<AgendaRow[]> {
    return query<AgendaRow>(`SELECT ${COLUMNS} ${ROWS} WHERE c.committee_id = $1 ORDER BY c.position`, [committeeId]);
  }

  /** What `sight` lets see of it, without the organisations that the reader must not judge. */
  async page(
    query: Query,
    committeeId: string,
    seen: { readonly sight: readonly Scope[]; readonly except: readonly string[] },
    request: PageRequest,
  ): Promise<Page<AgendaRow>> {
    const where = `WHERE c.committee_id = $1 AND l.organisation_id <> ALL ($2::uuid[]) AND EXISTS (
      SELECT FROM dossier_perimeters s JOIN unnest($3::text[], $4::text[]) AS seen (kind, code) USING (kind, code)
      WHERE s.dossier_id = l.dossier_id OFFSET 0)`;
    const filters = [committeeId, seen.except, seen.sight.map(({ kind }) => kind), seen.sight.map(({ code }) => code)];
    const rows = await query<AgendaRow>(
      `SELECT ${COLUMNS} ${ROWS} ${where} AND ($5::integer IS NULL OR c.position > $5) ORDER BY c.position LIMIT $6`,
      [...filters, request.after?.[0] ?? null, request.limit + 1],
    );
    const counted = request.count ? await query<{ total: bigint }>(`SELECT count(*) AS total ${ROWS} ${where}`, filters) : [];
    return pageOf(rows, request, ({ position }) => [position], counted[0] === undefined ? undefined : Number(counted[0].total));
  }
}

function decisionOf({
  decision,
  amountCents,
  envelopeId,
  reason,
}: Pick<EntryRow, 'decision' | 'amountCents' | 'envelopeId' | 'reason'>): CommitteeDecision | null {
  if (decision === null) return null;
  if (decision !== 'proposed') return { kind: decision, reason: reason ?? '' };
  if (amountCents === null) throw new Error('a proposal says how much');
  return { kind: decision, amountCents, envelopeId, reason };
}
