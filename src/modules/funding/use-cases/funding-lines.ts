import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Query } from '../../../platform/database/query.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Decision } from '../domain/decidable-line.js';
import { applyAll, sumOf } from '../domain/envelope.js';
import type { FundingLine, LineInHand } from '../domain/funding-line.js';
import { canLine, nextLineState, type FundingLineState } from '../domain/funding-line.transitions.js';
import { OutsideSubEnvelope, pays, WrongEnvelope, type OpenedEnvelope } from '../domain/opened-envelope.js';
import { syncLines, type WantedLine } from '../domain/line-sync.js';
import { setAside, withdraw } from '../domain/step-back.js';
import { standingOf } from '../domain/tranche.js';
import { EnvelopeRepository } from '../persistence/envelope.repository.js';
import { FundingLineRepository, type LineOwner } from '../persistence/funding-line.repository.js';
import { Ledger } from '../persistence/ledger.js';

/** States in which nothing is asked or held any more: the end of the dossier changes nothing to them. */
const ENDED: ReadonlySet<FundingLineState> = new Set<FundingLineState>([
  'refusal-announced',
  'closed',
  'set-aside',
  'withdrawn',
  'cancelled',
]);

/** The funding lines, for the modules above: every method works in the transaction of the act that calls it. */
@Injectable()
export class FundingLines {
  constructor(
    private readonly lines: FundingLineRepository,
    private readonly ledger: Ledger,
    private readonly openedEnvelopes: EnvelopeRepository,
  ) {}

  ofDossier(query: Query, dossierId: string): Promise<readonly FundingLine[]> {
    return this.lines.ofDossier(query, dossierId);
  }

  ofAction(query: Query, actionId: string): Promise<readonly FundingLine[]> {
    return this.lines.ofAction(query, actionId);
  }

  /**
   * Makes the lines of one action and year those its budget asks for; lines that stay keep their ids. Gives them all, in the order of ids.
   * @throws LineInProgress when a line that someone already judges would vanish or change
   */
  async sync(tx: Tx, owner: LineOwner, wanted: readonly WantedLine[]): Promise<readonly FundingLine[]> {
    const before = await this.lines.lockOfBudget(tx.query, owner.actionId, owner.year);
    const changes = syncLines(before, wanted);
    if (changes.added.length + changes.changed.length + changes.vanished.length === 0) return before;
    await this.lines.write(tx.query, owner, changes);
    return this.lines.lockOfBudget(tx.query, owner.actionId, owner.year);
  }

  /** The dossier is withdrawn: what its lines hold goes back to the envelopes, decided or not. @throws ActNotAllowed once an act is prepared */
  async withdrawAll(tx: Tx, actor: Actor, dossierId: string, reason: string | null): Promise<readonly FundingLine[]> {
    const lines = await this.lines.lockOfDossier(tx.query, dossierId);
    return this.carryOutAll(
      tx,
      actor,
      lines.filter(({ state }) => !ENDED.has(state)).map((line) => ({ line, decision: withdraw(line) })),
      reason,
    );
  }

  /** The dossier is inadmissible: sets aside the lines that nobody proposed or decided yet. @throws ReasonRequired */
  async setAsideAll(tx: Tx, actor: Actor, dossierId: string, reason: string): Promise<readonly FundingLine[]> {
    const lines = await this.lines.lockOfDossier(tx.query, dossierId);
    return this.carryOutAll(
      tx,
      actor,
      lines.filter(({ state }) => canLine(state, 'set-aside')).map((line) => ({ line, decision: setAside(line, reason) })),
      reason,
    );
  }

  /** Locks a line of a submitted dossier for someone who judges it, with what their rights are read from. @throws NotFound */
  lockForInstruction(tx: Tx, lineId: string): Promise<LineInHand> {
    return this.lines.lockInHand(tx.query, lineId);
  }

  /** Locks many at once, in the order of their ids; those that are no line of a submitted dossier are left out. */
  lockAllForInstruction(tx: Tx, lineIds: readonly string[]): Promise<readonly LineInHand[]> {
    return this.lines.lockAllInHand(tx.query, lineIds);
  }

  /** An opinion was given. Moves the line's version only: nothing that the applicant can see. @throws ActNotAllowed */
  markInstructed(tx: Tx, line: FundingLine): FundingLine {
    const after = { ...line, state: nextLineState(line.state, 'instruct'), version: line.version + 1 };
    this.lines.save(tx, [after]);
    return after;
  }

  /** Something that hangs on the line changed: moves its version, and nothing else of it. */
  touch(tx: Tx, line: FundingLine): FundingLine {
    const after = { ...line, version: line.version + 1 };
    this.lines.save(tx, [after]);
    return after;
  }

  /**
   * Writes a decision and moves the envelopes as it says. What the envelope can't hold by what was read of it is refused at once; what others
   * took since then is refused by the database. @throws as `Ledger.move`
   */
  carryOut(tx: Tx, actor: Actor, { line, envelope }: LineInHand, decision: Decision<FundingLine>): FundingLine {
    if (envelope) {
      const own = decision.movements.filter(({ envelopeId }) => envelopeId === line.envelopeId);
      applyAll(
        envelope,
        own.map(({ movement }) => movement),
      );
    }
    const [after] = this.carryOutAll(tx, actor, [{ line, decision }], null);
    if (!after) throw new Error('a decision on one line writes one line');
    return after;
  }

  /**
   * Writes many decisions and moves their envelopes, each once: all or none. Gives the lines after, in the order given.
   * @throws as `Ledger.move`
   */
  carryOutTogether(
    tx: Tx,
    actor: Actor,
    decided: readonly { readonly line: FundingLine; readonly decision: Decision<FundingLine> }[],
  ): readonly FundingLine[] {
    return this.carryOutAll(tx, actor, decided, null);
  }

  /**
   * The envelope that a line is to be paid from must be of its funder, year and département; a sub-envelope, of a place of its action.
   * @throws WrongEnvelope, OutsideSubEnvelope
   */
  async assertEnvelope(tx: Tx, { line, funder }: LineInHand, envelopeId: string): Promise<void> {
    const envelope = await this.lines.envelopeOf(tx.query, envelopeId, line.actionId);
    if (envelope === null || !pays(envelope, { line, funder })) throw new WrongEnvelope(funder.name, line.year);
    if (!envelope.holdsAction) throw new OutsideSubEnvelope();
  }

  /** Those that exist among `ids`, as they stand, without a lock: enough to refuse, never enough to grant. */
  async envelopes(query: Query, ids: readonly string[]): Promise<ReadonlyMap<string, OpenedEnvelope>> {
    const found = await this.openedEnvelopes.byIds(query, ids);
    return new Map(found.map((envelope) => [envelope.id, envelope]));
  }

  /** Of the lines to be paid from these envelopes, those whose action takes place outside its sub-envelope. */
  outsideSubEnvelopes(
    query: Query,
    asked: readonly { readonly lineId: string; readonly envelopeId: string }[],
  ): Promise<ReadonlySet<string>> {
    return this.lines.outsideSubEnvelopes(query, asked);
  }

  lockDecided(
    tx: Tx,
    callId: string,
    organisationIds: readonly string[],
    funderIds: readonly string[] | null,
  ): Promise<readonly FundingLine[]> {
    return this.lines.lockDecided(tx.query, callId, organisationIds, funderIds);
  }

  /** From now on the applicant sees the decisions of these lines, which must be locked. @throws ActNotAllowed */
  announce(tx: Tx, lines: readonly FundingLine[]): readonly FundingLine[] {
    const after = lines.map((line) => ({
      ...line,
      state: nextLineState(line.state, 'announce'),
      version: line.version + 1,
      announcedAt: tx.at,
    }));
    this.lines.save(tx, after);
    return after;
  }

  /** `reason`: of the movements, when it is not the lines' own. */
  private carryOutAll(
    tx: Tx,
    actor: Actor,
    decided: readonly { line: FundingLine; decision: Decision<FundingLine> }[],
    reason: string | null,
  ): readonly FundingLine[] {
    const after = decided.map(({ line, decision }) => stamped(line, decision, tx.at));
    this.lines.save(tx, after);
    this.ledger.moveAll(
      tx,
      decided.flatMap(({ line, decision }) =>
        decision.movements.map((order) => ({ ...order, lineId: line.id, actorId: actor.id, reason: reason ?? decision.after.reason })),
      ),
    );
    const ended = decided.filter(({ line, decision }) => ends(decision.after) && !ends(line)).map(({ line }) => line.id);
    if (ended.length > 0) tx.tell('funding-lines.ended.v1', { lineIds: ended });
    return after;
  }
}

function ends({ state }: { readonly state: FundingLineState }): boolean {
  return standingOf(state) === 'ended';
}

/** The line after a decision, with the version, the amounts held and the instants that follow from it. */
function stamped(line: FundingLine, { after, movements }: Decision<FundingLine>, at: Date): FundingLine {
  const held = sumOf(movements.map(({ movement }) => movement));
  return {
    ...after,
    version: line.version + 1,
    reservedCents: (line.reservedCents + held.reservedCents) as FundingLine['reservedCents'],
    committedCents: (line.committedCents + held.committedCents) as FundingLine['committedCents'],
    // A payment is told by the decision: a funder without an envelope here pays too.
    paidCents: after.paidCents,
    proposedAt: after.proposerId === null ? null : after.state === 'proposed' ? at : line.proposedAt,
    decidedAt: after.deciderId === null ? null : (line.decidedAt ?? at),
  };
}
