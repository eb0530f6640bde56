import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/id.js';
import type { Query } from '../../../platform/database/query.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { applyAll, sumOf, type Envelope, type Movement } from '../domain/envelope.js';

/** A movement with what explains it. */
export interface LedgerEntry {
  readonly movement: Movement;
  readonly actorId: string;
  /** The line that it is for; null for a movement of the envelope itself. */
  readonly lineId: string | null;
  readonly reason: string | null;
}

// One statement, so that the row is locked, judged and moved at once: reading the balance first over-commits as soon as two decide together.
// The CHECKs of `envelopes` are the guard. They refuse by an error, hence whatever was sent after: nobody waits to know before the COMMIT leaves.
const MOVE = `
  WITH moved AS (
    UPDATE envelopes e SET
      ceiling_ae_cents = e.ceiling_ae_cents + $2::bigint, ceiling_cp_cents = e.ceiling_cp_cents + $3::bigint,
      reserved_cents = e.reserved_cents + $4::bigint, committed_cents = e.committed_cents + $5::bigint,
      delegated_cents = e.delegated_cents + $6::bigint, paid_cents = e.paid_cents + $7::bigint, version = e.version + 1
    WHERE e.id = $1
    RETURNING e.id
  )
  INSERT INTO movements (id, envelope_id, kind, ae_cents, cp_cents, funding_line_id, reason, actor_id, at)
  SELECT m.id, moved.id, m.kind, m.ae, m.cp, m.line, m.reason, m.actor, $8
  FROM moved, unnest($9::uuid[], $10::text[], $11::bigint[], $12::bigint[], $13::uuid[], $14::text[], $15::uuid[])
    WITH ORDINALITY AS m (id, kind, ae, cp, line, reason, actor, rank)
  ORDER BY m.rank`;

/** The append-only ledger. Counters of an envelope and the movements that explain them are written by the same guarded statement. */
@Injectable()
export class Ledger {
  /**
   * Moves several envelopes, one statement each, always in the order of their ids, with the COMMIT: the row of an envelope is the one that
   * everybody waits for. @throws as `move`
   */
  moveAll(tx: Tx, entries: readonly (LedgerEntry & { readonly envelopeId: string })[]): void {
    const byEnvelope = new Map<string, LedgerEntry[]>();
    for (const entry of entries) byEnvelope.set(entry.envelopeId, [...(byEnvelope.get(entry.envelopeId) ?? []), entry]);
    for (const id of [...byEnvelope.keys()].sort()) this.move(tx, id, byEnvelope.get(id) ?? []);
  }

  /**
   * All these movements of one envelope, or none: only their sum must fit, so that a full envelope can still turn a reservation into a commitment.
   * @throws (from the act as a whole) NotFound, EnvelopeExceeded, EnvelopeBelowUse, ReservationExceeded, CommitmentExceeded, RecoveryExceedsPaid
   */
  move(tx: Tx, envelopeId: string, entries: readonly LedgerEntry[]): void {
    const movements = entries.map(({ movement }) => movement);
    const sum = sumOf(movements);
    tx.write(
      MOVE,
      [
        ...[envelopeId, sum.ceilingAeCents, sum.ceilingCpCents, sum.reservedCents, sum.committedCents, sum.delegatedCents, sum.paidCents],
        tx.at,
        entries.map(() => newId()),
        movements.map(({ kind }) => kind),
        movements.map((movement) => ('amountCents' in movement ? movement.amountCents : movement.aeCents)),
        movements.map((movement) => ('amountCents' in movement ? movement.amountCents : movement.cpCents)),
        entries.map(({ lineId }) => lineId),
        entries.map(({ reason }) => reason),
        entries.map(({ actorId }) => actorId),
      ],
      // The rule says why, in figures. If it has nothing to say, credit came back in between.
      async (read) => {
        applyAll(await countersOf(read, envelopeId), movements);
      },
    );
  }
}

async function countersOf(read: Query, id: string): Promise<Envelope> {
  const [envelope] = await read<Envelope>(
    `SELECT ceiling_ae_cents AS "ceilingAeCents", ceiling_cp_cents AS "ceilingCpCents", reserved_cents AS "reservedCents",
       committed_cents AS "committedCents", delegated_cents AS "delegatedCents", paid_cents AS "paidCents", version
     FROM envelopes WHERE id = $1`,
    [id],
  );
  if (!envelope) throw new NotFound();
  return envelope;
}
