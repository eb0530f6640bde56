import type { Money } from '../../../kernel/money.js';
import { apply, type Envelope, type Movement } from './envelope.js';
import {
  FedByItsParent,
  NoFurtherDelegation,
  NotASubEnvelope,
  OnePlaceRequired,
  PlaceElsewhere,
  UnknownPlace,
} from './sub-envelope.errors.js';

/** Where a sub-envelope is for. */
export type SubEnvelopePlace = { readonly kind: 'sector' | 'commune'; readonly code: string };

interface Parented {
  readonly parentId: string | null;
}

/** What an act on both ends of a delegation moves, and what they are afterwards. */
export interface Transfer<Parent extends Envelope, Child extends Envelope> {
  readonly parent: Parent;
  readonly child: Child;
  readonly ofParent: Movement;
  readonly ofChild: Movement;
}

/** @throws OnePlaceRequired */
export function placeOf(asked: { readonly sectorCode?: string; readonly inseeCode?: string }): SubEnvelopePlace {
  const { sectorCode, inseeCode } = asked;
  if (sectorCode !== undefined && inseeCode === undefined) return { kind: 'sector', code: sectorCode };
  if (inseeCode !== undefined && sectorCode === undefined) return { kind: 'commune', code: inseeCode };
  throw new OnePlaceRequired();
}

/**
 * `placeDepartment`: the département that the place lies in; undefined when there is no such place.
 * @throws NoFurtherDelegation, UnknownPlace, PlaceElsewhere
 */
export function assertDelegable(
  parent: Parented & { readonly departmentCode: string | null },
  place: SubEnvelopePlace,
  placeDepartment: string | undefined,
): void {
  if (parent.parentId !== null) throw new NoFurtherDelegation();
  const pointer = place.kind === 'sector' ? '/sectorCode' : '/inseeCode';
  if (placeDepartment === undefined) throw new UnknownPlace(pointer);
  if (parent.departmentCode !== null && parent.departmentCode !== placeDepartment) throw new PlaceElsewhere(pointer, parent.departmentCode);
}

/** The envelope that feeds it. @throws NotASubEnvelope */
export function parentOf(envelope: Parented): string {
  if (envelope.parentId === null) throw new NotASubEnvelope();
  return envelope.parentId;
}

/** @throws FedByItsParent */
export function assertFedByItself(envelope: Parented): void {
  if (envelope.parentId !== null) throw new FedByItsParent();
}

/** Credit goes down, the first time to a sub-envelope that is empty. @throws EnvelopeClosed, MovementNotPositive, EnvelopeExceeded */
export function delegate<P extends Envelope, C extends Envelope>(parent: P, child: C, amountCents: Money): Transfer<P, C> {
  const isNew = child.version === 0;
  return transfer(
    parent,
    child,
    { kind: 'delegate', amountCents },
    { kind: isNew ? 'open' : 'increase', aeCents: amountCents, cpCents: amountCents },
  );
}

/** Credit comes back up, never below what the sub-envelope uses. @throws EnvelopeClosed, MovementNotPositive, EnvelopeBelowUse */
export function takeBack<P extends Envelope, C extends Envelope>(parent: P, child: C, amountCents: Money): Transfer<P, C> {
  return transfer(parent, child, { kind: 'take-back', amountCents }, { kind: 'decrease', aeCents: amountCents, cpCents: amountCents });
}

// The child speaks first: that it uses what is asked back says more than what its parent counts.
function transfer<P extends Envelope, C extends Envelope>(parent: P, child: C, ofParent: Movement, ofChild: Movement): Transfer<P, C> {
  const childAfter = { ...child, ...apply(child, ofChild) };
  return { child: childAfter, parent: { ...parent, ...apply(parent, ofParent) }, ofParent, ofChild };
}
