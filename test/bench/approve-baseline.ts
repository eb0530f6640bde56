import type pg from 'pg';

/** One approval, as small as it can honestly be. */
export interface RawApproval {
  readonly lineId: string;
  readonly version: number;
  readonly amountCents: number;
  readonly approverId: string;
}

/** The line, guarded by all that the approval relies on: version, state, four eyes, the request, an admissible dossier. */
const LINE = `
  UPDATE funding_lines l
  SET state = 'approved', version = l.version + 1, granted_cents = $3, committed_cents = $3, reserved_cents = 0, decided_by = $4,
      decided_at = now(), decided_on = current_date
  FROM dossiers d
  WHERE l.id = $1 AND l.version = $2 AND l.state = 'proposed' AND l.proposed_by <> $4 AND l.requested_cents >= $3
    AND d.id = l.dossier_id AND d.state = 'admissible'
  RETURNING l.envelope_id, l.proposed_cents::int AS reserved`;

const AUDIT = `
  INSERT INTO audit (id, actor_id, actor_kind, act, object_type, object_id, before, after)
  VALUES (uuidv7(), $1, 'user', 'funding-line.approved', 'funding-line', $2, jsonb_build_object('version', $3::int),
          jsonb_build_object('version', $3::int + 1, 'grantedCents', $4::bigint))`;

/** The envelope, guarded by its room, and the two movements that explain it. */
const ENVELOPE = `
  WITH moved AS (
    UPDATE envelopes SET reserved_cents = reserved_cents - $2, committed_cents = committed_cents + $3, version = version + 1
    WHERE id = $1 AND reserved_cents + committed_cents + delegated_cents - $2 + $3 <= least(ceiling_ae_cents, ceiling_cp_cents)
    RETURNING id
  )
  INSERT INTO movements (id, envelope_id, kind, ae_cents, cp_cents, funding_line_id, actor_id, at)
  SELECT uuidv7(), moved.id, m.kind, m.cents, m.cents, $4, $5, now()
  FROM moved, (VALUES ('release', $2::bigint), ('commit', $3::bigint)) AS m (kind, cents)`;

/** Approves by raw guarded UPDATEs; the envelope comes last, being what everybody waits for. False when a guard refused. */
export async function approveRaw(pool: pg.Pool, { lineId, version, amountCents, approverId }: RawApproval): Promise<boolean> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const line = await client.query<{ envelope_id: string; reserved: number }>({
      name: 'line',
      text: LINE,
      values: [lineId, version, amountCents, approverId],
    });
    if (line.rows[0]) {
      const { envelope_id: envelopeId, reserved } = line.rows[0];
      await client.query({ name: 'audit', text: AUDIT, values: [approverId, lineId, version, amountCents] });
      const moved = await client.query({
        name: 'envelope',
        text: ENVELOPE,
        values: [envelopeId, reserved, amountCents, lineId, approverId],
      });
      if (moved.rowCount === 2) {
        await client.query('COMMIT');
        return true;
      }
    }
    await client.query('ROLLBACK');
    return false;
  } finally {
    client.release();
  }
}
