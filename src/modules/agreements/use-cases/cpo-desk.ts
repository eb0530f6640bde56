import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { FundingLines, standingOf, type Decision, type FundingLine, type LineInHand } from '../../funding/index.js';
import { audited, DossierNotAdmissible } from '../../programming/index.js';
import type { Cpo } from '../domain/cpo.js';
import type { Tranche, TrancheLine } from '../domain/tranche.js';
import { CpoRepository } from '../persistence/cpo.repository.js';
import { auditedCpo } from './cpo-rights.js';

/** A year with its line, both locked. */
export interface TrancheInHand {
  readonly tranche: Tranche;
  readonly hand: LineInHand;
}

export interface CpoInHand {
  readonly cpo: Cpo;
  /** In the order of the years. */
  readonly tranches: readonly TrancheInHand[];
  readonly first: LineInHand;
}

/** A decision on the line of a year, with the verb that its audit says. */
export interface LineMove {
  readonly line: FundingLine;
  readonly decision: Decision<FundingLine>;
  readonly verb: string;
}

/** What a CPO asks of a line. */
export function trancheLine({ state, isProgramme147, grantedCents, committedCents, envelopeId }: FundingLine): TrancheLine {
  return { standing: standingOf(state), isProgramme147, grantedCents, committedCents, envelopeId };
}

/** @throws DossierNotAdmissible */
export function assertAdmissible({ dossier }: LineInHand): void {
  if (dossier.state !== 'admissible') throw new DossierNotAdmissible(dossier.number);
}

/** Takes a CPO in hand and puts it back, with the money of its years. */
@Injectable()
export class CpoDesk {
  constructor(
    private readonly cpos: CpoRepository,
    private readonly lines: FundingLines,
  ) {}

  /** Locks the CPO, then its lines in the order of their ids. @throws NotFound */
  async lock(tx: Tx, cpoId: string): Promise<CpoInHand> {
    const cpo = await this.cpos.lock(tx.query, cpoId);
    const hands = new Map(
      (
        await this.lines.lockAllForInstruction(
          tx,
          cpo.tranches.map(({ lineId }) => lineId),
        )
      ).map((hand) => [hand.line.id, hand]),
    );
    const tranches = cpo.tranches.map((tranche) => ({ tranche, hand: handOf(hands, tranche) }));
    const [first] = tranches;
    if (!first) throw new Error('a CPO has tranches');
    return { cpo, tranches, first: first.hand };
  }

  /** The year named in a path. @throws NotFound */
  trancheOf({ tranches }: CpoInHand, year: number): TrancheInHand {
    const found = tranches.find(({ tranche }) => tranche.year === year);
    if (!found) throw new NotFound();
    return found;
  }

  /** Writes what an act made of the CPO and of its lines, all or none. `movers`: in whose name envelopes move. @throws EnvelopeExceeded */
  save(tx: Tx, mover: Pick<Actor, 'id'>, act: string, before: Cpo, after: Cpo, moves: readonly LineMove[]): void {
    this.cpos.save(tx, after);
    const moved = this.lines.carryOutTogether(tx, mover as Actor, moves);
    for (const [index, { line, verb }] of moves.entries()) {
      const now = moved[index];
      if (now) tx.audit(`funding-line.${verb}`, { type: 'funding-line', id: line.id }, audited(line), audited(now));
    }
    tx.audit(`cpo.${act}`, { type: 'cpo', id: after.id }, auditedCpo(before), auditedCpo(after));
  }
}

function handOf(hands: ReadonlyMap<string, LineInHand>, { lineId }: Tranche): LineInHand {
  const hand = hands.get(lineId);
  if (!hand) throw new NotFound();
  return hand;
}

/** The CPO with one of its years as an act left it, at its next version. */
export function withTranche(cpo: Cpo, tranche: Tranche): Cpo {
  return { ...cpo, version: cpo.version + 1, tranches: cpo.tranches.map((each) => (each.year === tranche.year ? tranche : each)) };
}
