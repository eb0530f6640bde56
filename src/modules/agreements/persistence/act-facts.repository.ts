import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { ZERO, type Money } from '../../../kernel/money.js';
import type { Query } from '../../../platform/database/query.js';
import type { ActContentLine, ActParty } from '../domain/act-content.js';
import type { PublicMoney } from '../domain/act-reading.js';
import type { ActThresholds, Beneficiary } from '../domain/act-series.js';

/** Which decisions are to be put on paper; null: those of every organisation. */
export interface WaitingFilter {
  readonly callId: string;
  readonly funderId: string;
  readonly organisationIds: readonly string[] | null;
  /** Organisations whose files who asks must not judge. */
  readonly exceptOrganisations: readonly string[];
}

export type LineFacts = Pick<ActContentLine, 'dossierNumber' | 'actionTitle' | 'startsOn' | 'endsOn'>;

// Announced and without an act; a refusal stays in its state, so that only its letter tells.
const WAITING = `(l.state = 'announced' OR (l.state = 'refusal-announced'
  AND NOT EXISTS (SELECT FROM act_lines a WHERE a.funding_line_id = l.id AND a.purpose = 'refusal' AND a.live)))`;

/** What an act is made of, and counted against. */
@Injectable()
export class ActFacts {
  /** The organisations and years that wait for an act or a letter, in a fixed order. */
  waiting(
    query: Query,
    { callId, funderId, organisationIds, exceptOrganisations }: WaitingFilter,
  ): Promise<{ organisationId: string; year: number }[]> {
    return query(
      `SELECT DISTINCT l.organisation_id AS "organisationId", l.year FROM funding_lines l
       WHERE l.call_id = $1 AND l.funder_id = $2 AND ($3::uuid[] IS NULL OR l.organisation_id = ANY ($3)) AND l.organisation_id <> ALL ($4::uuid[])
         AND ${WAITING}
       ORDER BY 1, 2`,
      [callId, funderId, organisationIds, exceptOrganisations],
    );
  }

  async waitingLines(query: Query, callId: string, { organisationId, funderId, year }: Beneficiary): Promise<string[]> {
    const rows = await query<{ id: string }>(
      `SELECT l.id FROM funding_lines l
       WHERE l.call_id = $1 AND l.organisation_id = $2 AND l.funder_id = $3 AND l.year = $4 AND ${WAITING} ORDER BY l.id`,
      [callId, organisationId, funderId, year],
    );
    return rows.map(({ id }) => id);
  }

  /** @throws NotFound */
  async party(query: Query, organisationId: string): Promise<ActParty> {
    const [row] = await query<ActParty>('SELECT name, siret, rna, legal_form AS "legalForm", address FROM organisations WHERE id = $1', [
      organisationId,
    ]);
    if (!row) throw new NotFound();
    return row;
  }

  /** By line. */
  async lineFacts(query: Query, lineIds: readonly string[]): Promise<ReadonlyMap<string, LineFacts>> {
    const rows = await query<LineFacts & { id: string }>(
      `SELECT funding_line_id AS id, dossier_number AS "dossierNumber", action_title AS "actionTitle", starts_on AS "startsOn", ends_on AS "endsOn"
       FROM act_line_facts WHERE funding_line_id = ANY ($1::uuid[])`,
      [lineIds],
    );
    return new Map(rows.map(({ id, ...facts }) => [id, facts]));
  }

  /** What the acts that stand grant, amendments included. To be read under the lock of the beneficiary. */
  async granted(query: Query, { organisationId, funderId, year }: Beneficiary): Promise<Money> {
    const [row] = await query<{ total: Money }>(
      `SELECT coalesce(sum(l.granted_cents), 0)::bigint AS total
       FROM funding_lines l
       WHERE l.organisation_id = $1 AND l.funder_id = $2 AND l.year = $3 AND l.state NOT IN ('withdrawn', 'cancelled')
         AND EXISTS (SELECT FROM act_lines a WHERE a.funding_line_id = l.id AND a.purpose = 'grant' AND a.live)`,
      [organisationId, funderId, year],
    );
    return row?.total ?? ZERO;
  }

  async thresholds(query: Query, year: number): Promise<ActThresholds> {
    const rows = await query<{ name: string; cents: Money }>(
      `SELECT DISTINCT ON (name) name, amount_cents AS cents FROM act_thresholds WHERE from_year <= $1 ORDER BY name, from_year DESC`,
      [year],
    );
    const of = (wanted: string): Money => {
      const found = rows.find(({ name }) => name === wanted);
      if (!found) throw new Error(`no threshold ${wanted} for ${year}`);
      return found.cents;
    };
    return { agreementAboveCents: of('agreement'), accountsAboveCents: of('certified-accounts') };
  }

  async publicMoney(query: Query, organisationId: string, year: number): Promise<PublicMoney> {
    const byFunder = await query<PublicMoney['byFunder'][number]>(
      `SELECT funder_id AS "funderId", funder_name AS "funderName", granted_cents AS "grantedCents" FROM public_grants
       WHERE organisation_id = $1 AND year = $2 ORDER BY funder_code`,
      [organisationId, year],
    );
    const { accountsAboveCents } = await this.thresholds(query, year);
    const totalCents = byFunder.reduce((total, { grantedCents }) => total + grantedCents, 0n) as Money;
    return { organisationId, year, totalCents, accountsAboveCents, byFunder };
  }
}
