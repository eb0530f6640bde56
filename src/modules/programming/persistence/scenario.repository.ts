import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import type { Money } from '../../../kernel/money.js';
import { pageOf, type Page, type PageRequest } from '../../../kernel/page.js';
import type { Query } from '../../../platform/database/query.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { PlannedLine, Scenario, ScenarioAmount } from '../domain/scenario.js';
import { ScenarioAlreadyAdopted, ScenarioNameTaken } from '../domain/scenario.errors.js';

/** A line that two scenarios see differently; null: not looked at. */
export interface DifferingLine {
  readonly lineId: string;
  readonly organisationId: string;
  readonly leftCents: Money | null;
  readonly rightCents: Money | null;
}

const UNIQUE_VIOLATION = '23505';
const COLUMNS = `s.id, s.committee_id AS "committeeId", s.name, s.version, s.created_at AS "createdAt", s.adopted_at AS "adoptedAt"`;
const PLANNED = `c.funding_line_id AS "lineId", c.position, l.organisation_id AS "organisationId", l.requested_cents AS "requestedCents",
  p.amount_cents AS "amountCents", p.envelope_id AS "envelopeId"`;
const LINES = `scenarios s
  JOIN committee_lines c ON c.committee_id = s.committee_id
  JOIN funding_lines l ON l.id = c.funding_line_id
  LEFT JOIN scenario_amounts p ON p.scenario_id = s.id AND p.funding_line_id = c.funding_line_id`;

@Injectable()
export class ScenarioRepository {
  /** @throws NotFound */
  async find(query: Query, id: string): Promise<Scenario> {
    const [scenario] = await query<Scenario>(`SELECT ${COLUMNS} FROM scenarios s WHERE s.id = $1`, [id]);
    if (!scenario) throw new NotFound();
    return scenario;
  }

  /** The session must be locked first. @throws NotFound */
  async lock(query: Query, id: string): Promise<Scenario> {
    const [scenario] = await query<Scenario>(`SELECT ${COLUMNS} FROM scenarios s WHERE s.id = $1 FOR UPDATE`, [id]);
    if (!scenario) throw new NotFound();
    return scenario;
  }

  ofCommittee(query: Query, committeeId: string): Promise<Scenario[]> {
    return query<Scenario>(`SELECT ${COLUMNS} FROM scenarios s WHERE s.committee_id = $1 ORDER BY s.id`, [committeeId]);
  }

  /** @throws ScenarioNameTaken */
  async create(tx: Tx, { id, committeeId, name }: Pick<Scenario, 'id' | 'committeeId' | 'name'>, by: string): Promise<void> {
    try {
      await tx.query(`INSERT INTO scenarios (id, committee_id, name, created_by, created_at) VALUES ($1, $2, $3, $4, $5)`, [
        ...[id, committeeId, name, by, tx.at],
      ]);
    } catch (error) {
      if ((error as { code?: unknown }).code === UNIQUE_VIOLATION) throw new ScenarioNameTaken();
      throw error;
    }
  }

  async copyAmounts(query: Query, from: string, to: string): Promise<void> {
    await query(
      `INSERT INTO scenario_amounts (scenario_id, funding_line_id, committee_id, amount_cents, envelope_id)
       SELECT $2, funding_line_id, committee_id, amount_cents, envelope_id FROM scenario_amounts WHERE scenario_id = $1`,
      [from, to],
    );
  }

  /** Writes these amounts, and moves the version. The others stay. */
  setAmounts(tx: Tx, { id, committeeId }: Scenario, amounts: readonly ScenarioAmount[]): void {
    tx.write(
      `WITH moved AS (UPDATE scenarios SET version = version + 1 WHERE id = $1)
       INSERT INTO scenario_amounts (scenario_id, committee_id, funding_line_id, amount_cents, envelope_id)
       SELECT $1, $2, n.line, n.amount, n.envelope FROM unnest($3::uuid[], $4::bigint[], $5::uuid[]) AS n (line, amount, envelope)
       ON CONFLICT (scenario_id, funding_line_id) DO UPDATE SET amount_cents = EXCLUDED.amount_cents, envelope_id = EXCLUDED.envelope_id`,
      [
        id,
        committeeId,
        amounts.map(({ lineId }) => lineId),
        amounts.map(({ amountCents }) => amountCents),
        amounts.map(({ envelopeId }) => envelopeId),
      ],
    );
  }

  /** @throws ScenarioAlreadyAdopted when the session adopted another */
  async adopt(tx: Tx, id: string, by: string): Promise<void> {
    try {
      await tx.query('UPDATE scenarios SET adopted_at = $2, adopted_by = $3, version = version + 1 WHERE id = $1', [id, tx.at, by]);
    } catch (error) {
      if ((error as { code?: unknown }).code === UNIQUE_VIOLATION) throw new ScenarioAlreadyAdopted();
      throw error;
    }
  }

  /** Which of these lines are on the agenda, each with its organisation. */
  async agenda(query: Query, committeeId: string, lineIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await query<{ id: string; organisationId: string }>(
      `SELECT l.id, l.organisation_id AS "organisationId" FROM committee_lines c JOIN funding_lines l ON l.id = c.funding_line_id
       WHERE c.committee_id = $1 AND l.id = ANY ($2::uuid[])`,
      [committeeId, lineIds],
    );
    return new Map(rows.map(({ id, organisationId }) => [id, organisationId]));
  }

  /** Every line of the session, in the order of its agenda; only those that `envelopeId` pays and that name no other, when it is given. */
  lines(query: Query, scenarioId: string, envelopeId: string | null): Promise<PlannedLine[]> {
    return query<PlannedLine>(
      `SELECT ${PLANNED} FROM ${LINES} JOIN funders f ON f.id = l.funder_id LEFT JOIN envelopes e ON e.id = $2
       WHERE s.id = $1 AND ($2::uuid IS NULL OR (e.funder_id = l.funder_id AND e.year = l.year
         AND (f.department_code IS NULL OR e.department_code = f.department_code) AND coalesce(p.envelope_id, e.id) = e.id
         AND (e.parent_id IS NULL OR EXISTS (SELECT FROM action_territories t WHERE t.action_id = l.action_id
           AND ((t.kind = 'sector' AND t.code = e.sector_code) OR (t.kind = 'commune' AND t.code = e.insee_code))))))
       ORDER BY c.position`,
      [scenarioId, envelopeId],
    );
  }

  /** What the lines of the session hold of the envelope already, as proposed: it is theirs to be proposed again. */
  async heldIn(query: Query, scenarioId: string, envelopeId: string): Promise<bigint> {
    const [row] = await query<{ held: bigint }>(
      `SELECT coalesce(sum(l.reserved_cents), 0)::bigint AS held
       FROM scenarios s JOIN committee_lines c ON c.committee_id = s.committee_id JOIN funding_lines l ON l.id = c.funding_line_id
       WHERE s.id = $1 AND l.envelope_id = $2`,
      [scenarioId, envelopeId],
    );
    return row?.held ?? 0n;
  }

  async page(query: Query, scenarioId: string, except: readonly string[], request: PageRequest): Promise<Page<PlannedLine>> {
    const where = 'WHERE s.id = $1 AND l.organisation_id <> ALL ($2::uuid[])';
    const rows = await query<PlannedLine>(
      `SELECT ${PLANNED} FROM ${LINES} ${where} AND ($3::integer IS NULL OR c.position > $3) ORDER BY c.position LIMIT $4`,
      [scenarioId, except, request.after?.[0] ?? null, request.limit + 1],
    );
    const counted = request.count
      ? await query<{ total: bigint }>(`SELECT count(*) AS total FROM ${LINES} ${where}`, [scenarioId, except])
      : [];
    return pageOf(rows, request, ({ position }) => [position], counted[0] === undefined ? undefined : Number(counted[0].total));
  }

  /** In the order of the agenda. */
  differences(query: Query, left: string, right: string): Promise<DifferingLine[]> {
    return query<DifferingLine>(
      `SELECT c.funding_line_id AS "lineId", l.organisation_id AS "organisationId", a.amount_cents AS "leftCents", b.amount_cents AS "rightCents"
       FROM scenarios s
       JOIN committee_lines c ON c.committee_id = s.committee_id
       JOIN funding_lines l ON l.id = c.funding_line_id
       LEFT JOIN scenario_amounts a ON a.scenario_id = s.id AND a.funding_line_id = l.id
       LEFT JOIN scenario_amounts b ON b.scenario_id = $2 AND b.funding_line_id = l.id
       WHERE s.id = $1 AND a.amount_cents IS DISTINCT FROM b.amount_cents ORDER BY c.position`,
      [left, right],
    );
  }
}
