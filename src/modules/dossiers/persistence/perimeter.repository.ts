import { Injectable } from '@nestjs/common';
import type { Scope } from '../../../kernel/scope.js';
import type { Query } from '../../../platform/database/query.js';

/** Everywhere a dossier is seen from. */
@Injectable()
export class PerimeterRepository {
  async of(query: Query, dossierId: string): Promise<readonly Scope[]> {
    return query<Scope>('SELECT kind, code FROM dossier_perimeters WHERE dossier_id = $1 ORDER BY kind, code', [dossierId]);
  }

  /** Computes it again from the content, in the transaction that changed the content. */
  async refresh(query: Query, dossierId: string): Promise<void> {
    await query(
      `WITH wanted AS (SELECT DISTINCT kind, code FROM dossier_scopes WHERE dossier_id = $1),
       gone AS (DELETE FROM dossier_perimeters p WHERE p.dossier_id = $1 AND NOT EXISTS (SELECT FROM wanted w WHERE (w.kind, w.code) = (p.kind, p.code)))
       INSERT INTO dossier_perimeters (dossier_id, kind, code) SELECT $1, kind, code FROM wanted ON CONFLICT DO NOTHING`,
      [dossierId],
    );
  }
}
