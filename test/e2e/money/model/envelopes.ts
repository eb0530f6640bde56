import { either, pocketUse, refusals, roomOf, type Expected, type ModelEnvelope, type MoneyModel } from './money-model.js';

const POSITIVE = 'MOVEMENT_NOT_POSITIVE';

/** More credit, or less, in AE and in CP at once. */
export function adjusting(envelope: ModelEnvelope, cents: number): Expected {
  const codes = refusals(
    [cents === 0, POSITIVE],
    [envelope.parent !== null, 'FED_BY_ITS_PARENT'],
    [cents < 0 && -cents > roomOf(envelope), 'ENVELOPE_BELOW_USE'],
  );
  return either(codes, () => {
    envelope.ceiling += cents;
  });
}

/** A first part of an envelope becomes that of a sector. */
export function openingPart(model: MoneyModel, parent: ModelEnvelope, sector: string, cents: number): Expected {
  const codes = refusals(
    [cents === 0, POSITIVE],
    [parent.parent !== null, 'NO_FURTHER_DELEGATION'],
    [cents > roomOf(parent), 'ENVELOPE_EXCEEDED'],
    [model.envelopes.some((other) => other.parent === parent && other.sector === sector), 'ENVELOPE_ALREADY_OPEN'],
  );
  return either(codes, ({ id }: { id: string }) => {
    parent.delegated += cents;
    const { funder, year } = parent;
    model.envelopes.push({ id, funder, year, parent, sector, ceiling: cents, reserved: 0, committed: 0, delegated: 0, paid: 0 });
  });
}

/** More for a part, or back from it. */
export function delegating(part: ModelEnvelope, cents: number): Expected {
  const { parent } = part;
  const codes = refusals(
    [cents === 0, POSITIVE],
    [parent === null, 'NOT_A_SUB_ENVELOPE'],
    [parent !== null && cents > roomOf(parent), 'ENVELOPE_EXCEEDED'],
    [cents < 0 && -cents > roomOf(part), 'ENVELOPE_BELOW_USE'],
  );
  return either(codes, () => {
    if (parent) parent.delegated += cents;
    part.ceiling += cents;
  });
}

export function limiting(model: MoneyModel, base: number): Expected {
  const codes = refusals([pocketUse(model) * 1_000 > base * 25, 'POCKET_LIMIT_BELOW_USE']);
  return either(codes, () => {
    model.pocketBase = base;
  });
}
