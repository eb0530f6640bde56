import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { groupBy } from '../../../kernel/group-by.js';
import { newId } from '../../../kernel/id.js';
import type { Query } from '../../../platform/database/query.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { applyAll, sumOf, type Envelope, type Movement } from '../domain/envelope.js';
import { assertPocketLimits } from './pocket-limit.check.js';

/** A movement with what explains it. */
export interface LedgerEntry {
  readonly movement: Movement;
  readonly actorId: string;
  /** The line that it is for; null for a movement of the envelope itself. */
  readonly lineId: string | null;
  /** The envelope at the other end, when credit goes from one to another. */
  readonly counterpartId?: string;
  readonly reason: string | null;
  /** Of the decision that it follows, when it has one. */
  readonly reference?: string;
}

// One statement, so that the row is locked, judged and moved at once: reading the balance first over-commits as soon as two decide together.
// The CHECKs of `envelopes` are the guard. They refuse by an error, hence whatever was sent after: nobody waits to know before the COMMIT leaves.
// Only the row knows whether its year is closed: what is then decommitted lapses, by a movement of its own.
const LAPSED = `CASE WHEN e.closed_at IS NULL THEN 0 ELSE greatest(-$5::bigint, 0) END`;
const MOVE = `
  WITH moved AS (
    UPDATE envelopes e SET
      ceiling_ae_cents = e.ceiling_ae_cents + $2::bigint - ${LAPSED}, ceiling_cp_cents = e.ceiling_cp_cents + $3::bigint - ${LAPSED},
      reserved_cents = e.reserved_cents + $4::bigint, committed_cents = e.committed_cents + $5::bigint,
      delegated_cents = e.delegated_cents + $6::bigint, paid_cents = e.paid_cents + $7::bigint, version = e.version + 1
    WHERE e.id = $1
    RETURNING e.id, ${LAPSED} AS lapsed
  )
  INSERT INTO movements (id, envelope_id, kind, ae_cents, cp_cents, funding_line_id, reason, actor_id, at, counterpart_envelope_id, reference)
  SELECT m.id, moved.id, m.kind, coalesce(m.ae, moved.lapsed), coalesce(m.cp, moved.lapsed), m.line, m.reason, m.actor, $8, m.counterpart, m.reference
  FROM moved, unnest($9::uuid[], $10::text[], $11::bigint[], $12::bigint[], $13::uuid[], $14::text[], $15::uuid[], $16::uuid[], $17::text[])
    WITH ORDINALITY AS m (id, kind, ae, cp, line, reason, actor, counterpart, reference, rank)
  WHERE m.ae IS NOT NULL OR moved.lapsed > 0
  ORDER BY m.rank`;

// Envelopes first, then the limits that their lines consume, each in order: whoever moves one envelope takes the same path.
const LOCK_ENVELOPES = 'SELECT FROM envelopes WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE';
const LOCK_POCKET_LIMITS = `
  SELECT FROM pocket_limits WHERE (department_code, year) IN (
    SELECT f.department_code, l.year FROM funding_lines l JOIN funders f ON f.id = l.funder_id WHERE l.id = ANY ($1::uuid[]) AND l.pocket_id IS NOT NULL)
  ORDER BY department_code, year FOR NO KEY UPDATE`;

type EntryOf = LedgerEntry & { readonly envelopeId: string };

/** The append-only ledger. Counters of an envelope and the movements that explain them are written by the same guarded statement. */
@Injectable()
export class Ledger {
  /**
   * Moves several envelopes, one statement each, with the COMMIT: the row of an envelope is the one that everybody waits for. They are locked in
   * the order of their ids; what only gives back moves first, so that no limit that two of them share is passed for an instant. @throws as `move`
   */
  moveAll(tx: Tx, entries: readonly EntryOf[]): void {
    const byEnvelope = groupBy(entries, ({ envelopeId }) => envelopeId);
    const ids = [...byEnvelope.keys()].sort();
    if (ids.length > 1) {
      tx.write(LOCK_ENVELOPES, [ids]);
      const lineIds = entries.flatMap(({ lineId }) => lineId ?? []);
      if (lineIds.length > 0) tx.write(LOCK_POCKET_LIMITS, [lineIds]);
    }
    const givingBackFirst = ids.map((id) => ({ id, moved: byEnvelope.get(id) ?? [] })).sort((a, b) => taking(a.moved) - taking(b.moved));
    const before: LedgerEntry[] = [];
    for (const { id, moved } of givingBackFirst) {
      this.move(tx, id, moved, [...before]);
      before.push(...moved);
    }
  }

  /**
   * All these movements of one envelope, or none: only their sum must fit, so that a full envelope can still turn a reservation into a commitment.
   * `before`: what the act moved in other envelopes, which counts in the limit that they share.
   * @throws (from the act as a whole) NotFound, EnvelopeClosed, EnvelopeExceeded, EnvelopeBelowUse, ReservationExceeded, CommitmentExceeded,
   * TakeBackExceedsDelegated, RecoveryExceedsPaid, PocketLimitUnknown, PocketLimitExceeded
   */
  move(tx: Tx, envelopeId: string, entries: readonly LedgerEntry[], before: readonly LedgerEntry[] = []): void {
    const movements = entries.map(({ movement }) => movement);
    const sum = sumOf(movements);
    const written = sum.committedCents < 0n ? [...entries.map(rowOf), lapseRow(entries)] : entries.map(rowOf);
    tx.write(
      MOVE,
      [
        ...[envelopeId, sum.ceilingAeCents, sum.ceilingCpCents, sum.reservedCents, sum.committedCents, sum.delegatedCents, sum.paidCents],
        tx.at,
        written.map(() => newId()),
        written.map(({ kind }) => kind),
        written.map(({ ae }) => ae),
        written.map(({ cp }) => cp),
        written.map(({ line }) => line),
        written.map(({ reason }) => reason),
        written.map(({ actor }) => actor),
        written.map(({ counterpart }) => counterpart),
        written.map(({ reference }) => reference),
      ],
      // The rules say why, in figures. If they have nothing to say, credit came back in between.
      async (read) => {
        applyAll(await countersOf(read, envelopeId), movements);
        await assertPocketLimits(read, [...before, ...entries]);
      },
    );
  }
}

interface MovementRow {
  readonly kind: string;
  /** Null: what lapses, which only the envelope's row knows. */
  readonly ae: bigint | null;
  readonly cp: bigint | null;
  readonly line: string | null;
  readonly reason: string | null;
  readonly actor: string | null;
  readonly counterpart: string | null;
  readonly reference: string | null;
}

function rowOf({ movement, lineId, reason, actorId, counterpartId, reference }: LedgerEntry): MovementRow {
  const [ae, cp] = 'amountCents' in movement ? [movement.amountCents, movement.amountCents] : [movement.aeCents, movement.cpCents];
  return {
    kind: movement.kind,
    ae,
    cp,
    line: lineId,
    reason,
    actor: actorId,
    counterpart: counterpartId ?? null,
    reference: reference ?? null,
  };
}

/** Written only when the envelope is closed. */
function lapseRow([first]: readonly LedgerEntry[]): MovementRow {
  const reason = 'Désengagé après la clôture de l’exercice : le crédit tombe';
  return { kind: 'decrease', ae: null, cp: null, line: null, reason, actor: first?.actorId ?? null, counterpart: null, reference: null };
}

/** 0 for what only gives credit back, 1 for what takes some. */
function taking(entries: readonly LedgerEntry[]): 0 | 1 {
  return entries.some(({ movement }) => movement.kind === 'reserve' || movement.kind === 'commit') ? 1 : 0;
}

async function countersOf(read: Query, id: string): Promise<Envelope> {
  const [envelope] = await read<Envelope>(
    `SELECT ceiling_ae_cents AS "ceilingAeCents", ceiling_cp_cents AS "ceilingCpCents", reserved_cents AS "reservedCents",
       committed_cents AS "committedCents", delegated_cents AS "delegatedCents", paid_cents AS "paidCents", version, closed_at AS "closedAt"
     FROM envelopes WHERE id = $1`,
    [id],
  );
  if (!envelope) throw new NotFound();
  return envelope;
}
