import {
  adjourn,
  AmountAboveRequest,
  available,
  canLine,
  EnvelopeExceeded,
  FUNDING_LINE_STATES,
  giveUnfavourable,
  pays,
  propose,
  takeOffAgenda,
  WrongEnvelope,
  type Decision,
  type FundingLine,
  type LineInHand,
  type OpenedEnvelope,
} from '../../funding/index.js';
import type { CommitteeDecision } from '../domain/committee-decision.js';
import { EnvelopeMissing } from '../domain/committee.errors.js';
import { DossierNotAdmissible } from '../domain/programming.errors.js';
import type { CarriedFrom } from '../persistence/scenario-totals.repository.js';

type Envelopes = ReadonlyMap<string, OpenedEnvelope>;

/** From which states what a committee grants can be carried out: a line of programme 147 is proposed, any other goes back to its funder. */
export const CARRIED_FROM: CarriedFrom = {
  proposed: FUNDING_LINE_STATES.filter((state) => canLine(state, 'propose')),
  advised: FUNDING_LINE_STATES.filter((state) => canLine(state, 'take-off-agenda')),
};

/**
 * What the session's decision does to a line. On programme 147 the amount is proposed, and its envelope reserves it; for any other funder it is
 * an advice, and the line waits for the decision of that funder.
 * @throws ActNotAllowed, AmountNotPositive, AmountAboveRequest, DossierNotAdmissible, EnvelopeMissing, WrongEnvelope, ReasonRequired
 */
export function outcomeOf(hand: LineInHand, decision: CommitteeDecision, envelopes: Envelopes, proposerId: string): Decision<FundingLine> {
  const { line, dossier } = hand;
  if (decision.kind !== 'proposed')
    return decision.kind === 'adjourned' ? adjourn(line, decision.reason) : giveUnfavourable(line, decision.reason);
  const { amountCents, envelopeId } = decision;
  if (!line.isProgramme147) {
    const advised = takeOffAgenda(line);
    if (amountCents > line.requestedCents) throw new AmountAboveRequest(amountCents, line.requestedCents);
    if (envelopeId !== null) assertPays(envelopes, hand, envelopeId);
    return advised;
  }
  if (envelopeId === null) throw new EnvelopeMissing();
  const proposed = propose(line, { amountCents, envelopeId, proposerId });
  if (dossier.state !== 'admissible') throw new DossierNotAdmissible(dossier.number);
  assertPays(envelopes, hand, envelopeId);
  return proposed;
}

/** @throws WrongEnvelope */
function assertPays(envelopes: Envelopes, { line, funder }: LineInHand, envelopeId: string): void {
  const envelope = envelopes.get(envelopeId);
  if (!envelope || !pays(envelope, { line, funder })) throw new WrongEnvelope(funder.name, line.year);
}

/**
 * Whether an envelope has room, as far as one knows without its lock, for all that is reserved on it at once; what was given back to it makes
 * room first. @throws EnvelopeExceeded
 */
export function assertRoom(envelope: OpenedEnvelope, decisions: readonly Decision<FundingLine>[]): void {
  const own = decisions.flatMap(({ movements }) => movements).filter(({ envelopeId }) => envelopeId === envelope.id);
  const sum = (kind: 'reserve' | 'release') =>
    own.reduce((total, { movement }) => (movement.kind === kind ? total + movement.amountCents : total), 0n);
  const [asked, room] = [sum('reserve'), available(envelope) + sum('release')];
  if (asked > room) throw exceeded(envelope, room, asked);
}

export function exceeded({ ceilingAeCents: ae, ceilingCpCents: cp }: OpenedEnvelope, room: bigint, asked: bigint): EnvelopeExceeded {
  return new EnvelopeExceeded(room, asked, ae === cp ? null : ae < cp ? 'AE' : 'CP');
}
