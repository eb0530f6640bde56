import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';
import type { Action } from '../domain/action.js';
import { canonicalJson } from '../domain/content-hash.js';
import type { AttestedContent, BudgetedAction } from '../domain/content.js';
import type { Dossier } from '../domain/dossier.js';
import { ActionRepository } from './action.repository.js';
import { BudgetRepository } from './budget.repository.js';

/** All that a dossier says, and what was attested of it. */
@Injectable()
export class ContentRepository {
  constructor(
    private readonly actions: ActionRepository,
    private readonly budgets: BudgetRepository,
  ) {}

  async actionsOf(query: Query, dossierId: string): Promise<BudgetedAction[]> {
    const [actions, budgets] = await Promise.all([this.actions.ofDossier(query, dossierId), this.budgets.ofDossier(query, dossierId)]);
    return actions.map((action) => ({ ...action, budgets: budgets.filter(({ actionId }) => actionId === action.id) }));
  }

  /** @throws NotFound */
  action(query: Query, id: string): Promise<Action> {
    return this.actions.get(query, id);
  }

  /** Orientations adopted for its call. */
  async orientationsFor(query: Query, dossierId: string): Promise<string[]> {
    const [row] = await query<{ codes: string[] }>('SELECT orientation_codes AS codes FROM dossier_terms WHERE dossier_id = $1', [
      dossierId,
    ]);
    return row?.codes ?? [];
  }

  /** Codes of the départements where each of its actions takes place, by action; none for an action without place. */
  async departmentsOf(query: Query, dossierId: string): Promise<ReadonlyMap<string, readonly string[]>> {
    const rows = await query<{ id: string; codes: string[] }>(
      `SELECT a.id, array_agg(t.code ORDER BY t.code) AS codes
       FROM actions a JOIN action_territories t ON t.action_id = a.id AND t.kind = 'department'
       WHERE a.dossier_id = $1 AND a.removed_at IS NULL GROUP BY a.id`,
      [dossierId],
    );
    return new Map(rows.map(({ id, codes }) => [id, codes]));
  }

  /** Tracks of its call. */
  async tracksFor(query: Query, dossierId: string): Promise<string[]> {
    const [row] = await query<{ codes: string[] }>('SELECT track_codes AS codes FROM dossier_terms WHERE dossier_id = $1', [dossierId]);
    return row?.codes ?? [];
  }

  /** Keeps word for word what was attested. */
  async keep(query: Query, dossier: Dossier, hash: string, content: AttestedContent): Promise<void> {
    const cause = dossier.submittedAt === null ? 'attested-for-submission' : 'attested-for-complement';
    await query('INSERT INTO dossier_snapshots (dossier_id, version, cause, content_hash, content, at) VALUES ($1, $2, $3, $4, $5, $6)', [
      dossier.id,
      dossier.version,
      cause,
      Buffer.from(hash, 'hex'),
      canonicalJson(content),
      dossier.updatedAt,
    ]);
  }

  /** What was attested when the dossier was submitted. Amounts are digits in a string there. null when it never was. */
  async submitted(query: Query, dossierId: string): Promise<Kept | null> {
    const [row] = await query<{ content: Kept }>(
      `SELECT s.content FROM dossier_snapshots s JOIN dossiers d ON d.id = s.dossier_id
       WHERE s.dossier_id = $1 AND s.at <= d.submitted_at ORDER BY s.version DESC LIMIT 1`,
      [dossierId],
    );
    return row?.content ?? null;
  }
}

/** A snapshot as JSON gives it back: what a receipt says of it. */
export interface Kept {
  readonly title: string;
  readonly actions: readonly {
    readonly title: string;
    readonly budgets: readonly {
      readonly year: number;
      readonly products: readonly { readonly account: string; readonly amountCents: string; readonly funderId?: string | null }[];
    }[];
  }[];
}
