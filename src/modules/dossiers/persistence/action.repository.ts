import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/id.js';
import type { Query } from '../../../platform/database/query.js';
import type { Action, ActionContent, ActionReferences } from '../domain/action.js';

interface ActionRow {
  readonly id: string;
  readonly dossier_id: string;
  readonly position: number;
  readonly title: string;
  readonly objectives: string;
  readonly description: string;
  readonly orientation_code: string;
  readonly starts_on: string;
  readonly ends_on: string;
  readonly multi_year: boolean;
  readonly renewed: boolean;
  readonly pocket_id: string | null;
  readonly content: Pick<
    ActionContent,
    'secondaryOrientationCodes' | 'crossCuttingTags' | 'places' | 'partners' | 'means' | 'beneficiaries' | 'indicators'
  >;
  readonly version: number;
  readonly objective_codes: string[];
  readonly qpv: string[];
  readonly communes: string[];
}

const SELECT_ACTIONS = `
  SELECT a.id, a.dossier_id, a.position, a.title, a.objectives, a.description, a.orientation_code, a.starts_on, a.ends_on, a.multi_year, a.renewed,
         a.pocket_id, a.content, a.version,
         ARRAY(SELECT o.objective_code FROM action_objectives o WHERE o.action_id = a.id ORDER BY 1) AS objective_codes,
         ARRAY(SELECT t.code FROM action_territories t WHERE t.action_id = a.id AND t.kind = 'qpv' AND t.chosen ORDER BY 1) AS qpv,
         ARRAY(SELECT t.code FROM action_territories t WHERE t.action_id = a.id AND t.kind = 'commune' AND t.chosen ORDER BY 1) AS communes
  FROM actions a
  WHERE a.removed_at IS NULL AND`;

@Injectable()
export class ActionRepository {
  async ofDossier(query: Query, dossierId: string): Promise<Action[]> {
    return (await query<ActionRow>(`${SELECT_ACTIONS} a.dossier_id = $1 ORDER BY a.position`, [dossierId])).map(toAction);
  }

  /** @throws NotFound when there is none, or when it was removed */
  async get(query: Query, id: string): Promise<Action> {
    const [row] = await query<ActionRow>(`${SELECT_ACTIONS} a.id = $1`, [id]);
    if (!row) throw new NotFound();
    return toAction(row);
  }

  /** Which dossier to lock before touching the action. @throws NotFound */
  async dossierOf(query: Query, id: string): Promise<string> {
    const [row] = await query<{ dossier_id: string }>('SELECT dossier_id FROM actions WHERE id = $1 AND removed_at IS NULL', [id]);
    if (!row) throw new NotFound();
    return row.dossier_id;
  }

  async count(query: Query, dossierId: string): Promise<number> {
    const [row] = await query<{ count: bigint }>('SELECT count(*) FROM actions WHERE dossier_id = $1 AND removed_at IS NULL', [dossierId]);
    return Number(row?.count ?? 0);
  }

  /** What exists of what the action names; the orientations are those of the dossier's call. */
  async references(query: Query, dossierId: string, action: ActionContent): Promise<ActionReferences> {
    const [row] = await query<{ orientations: string[]; objectives: string[]; qpv: string[]; communes: string[]; pockets: string[] }>(
      `SELECT (SELECT orientation_codes FROM dossier_terms WHERE dossier_id = $1) AS orientations,
              ARRAY(SELECT objective_code FROM orientation_objectives WHERE orientation_code = $2) AS objectives,
              ARRAY(SELECT DISTINCT place_code FROM place_scopes WHERE place_kind = 'qpv' AND place_code = ANY ($3::text[])) AS qpv,
              ARRAY(SELECT DISTINCT place_code FROM place_scopes WHERE place_kind = 'commune' AND place_code = ANY ($4::text[])) AS communes,
              ARRAY(SELECT DISTINCT place_code FROM place_scopes WHERE place_kind = 'pocket' AND place_code = $5::text) AS pockets`,
      [dossierId, action.orientationCode, action.qpv, action.communes, action.pocketId],
    );
    return {
      callOrientations: new Set(row?.orientations),
      objectives: new Set(row?.objectives),
      qpv: new Set(row?.qpv),
      communes: new Set(row?.communes),
      pockets: new Set(row?.pockets),
    };
  }

  async insert(query: Query, dossierId: string, content: ActionContent): Promise<Action> {
    const id = newId();
    const [row] = await query<{ position: number }>(
      `INSERT INTO actions (id, dossier_id, position, title, objectives, description, orientation_code, starts_on, ends_on, multi_year, renewed, pocket_id, content)
       SELECT $1, $2, coalesce(max(position), 0) + 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12 FROM actions WHERE dossier_id = $2
       RETURNING position`,
      [id, dossierId, ...columnsOf(content)],
    );
    const action: Action = { ...content, id, dossierId, position: row?.position ?? 1, version: 1 };
    await this.writeAim(query, action);
    return action;
  }

  async update(query: Query, action: Action): Promise<void> {
    await query(
      `UPDATE actions SET title = $2, objectives = $3, description = $4, orientation_code = $5, starts_on = $6, ends_on = $7, multi_year = $8, renewed = $9,
              pocket_id = $10, content = $11, version = $12
       WHERE id = $1`,
      [action.id, ...columnsOf(action), action.version],
    );
    await query('DELETE FROM action_objectives WHERE action_id = $1', [action.id]);
    await query('DELETE FROM action_territories WHERE action_id = $1', [action.id]);
    await this.writeAim(query, action);
  }

  async saveDates(query: Query, { id, startsOn, endsOn, version }: Action): Promise<void> {
    await query('UPDATE actions SET starts_on = $2, ends_on = $3, version = $4 WHERE id = $1', [id, startsOn, endsOn, version]);
  }

  /** It keeps its history: funding lines that lasted, snapshots and audit still name it. */
  async remove(query: Query, id: string, at: Date): Promise<void> {
    await query('UPDATE actions SET removed_at = $2, version = version + 1 WHERE id = $1', [id, at]);
  }

  /** Its objectives, the places chosen, and those that follow from them. */
  private async writeAim(query: Query, action: Action): Promise<void> {
    await query('INSERT INTO action_objectives (action_id, objective_code) SELECT $1, unnest($2::text[])', [
      action.id,
      action.objectiveCodes,
    ]);
    await query(
      `INSERT INTO action_territories (action_id, kind, code, chosen)
       SELECT $1, kind, code, bool_or((place_kind, place_code) = (kind, code))
       FROM place_scopes
       WHERE (place_kind = 'qpv' AND place_code = ANY ($2::text[])) OR (place_kind = 'commune' AND place_code = ANY ($3::text[]))
          OR (place_kind = 'pocket' AND place_code = $4::text)
       GROUP BY kind, code`,
      [action.id, action.qpv, action.communes, action.pocketId],
    );
  }
}

function columnsOf(action: ActionContent): unknown[] {
  const { secondaryOrientationCodes, crossCuttingTags, places, partners, means, beneficiaries, indicators } = action;
  const content = { secondaryOrientationCodes, crossCuttingTags, places, partners, means, beneficiaries, indicators };
  return [
    action.title,
    action.objectives,
    action.description,
    action.orientationCode,
    action.startsOn,
    action.endsOn,
    action.multiYear,
    action.renewed,
    action.pocketId,
    JSON.stringify(content),
  ];
}

function toAction(row: ActionRow): Action {
  return {
    ...row.content,
    id: row.id,
    dossierId: row.dossier_id,
    position: row.position,
    title: row.title,
    objectives: row.objectives,
    description: row.description,
    orientationCode: row.orientation_code,
    objectiveCodes: row.objective_codes,
    qpv: row.qpv,
    communes: row.communes,
    pocketId: row.pocket_id,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    multiYear: row.multi_year,
    renewed: row.renewed,
    version: row.version,
  };
}
