import { adjusting, delegating, limiting, openingPart } from '../model/envelopes.js';
import type { ModelEnvelope } from '../model/money-model.js';
import { act, at, deciderOf, MoneyCommand, type Pick } from './command.js';

export const anEnvelopeAt = (rank: number): Pick<ModelEnvelope> => ({
  words: `envelope ${rank}`,
  of: ({ envelopes }) => at(envelopes, rank),
});

const REASON = { reason: 'Au hasard' };

export const adjust = (pick: Pick<ModelEnvelope>, cents: number) =>
  new MoneyCommand(cents < 0 ? 'decrease' : 'increase', `${pick.words} by ${Math.abs(cents)}`, (model) => {
    const envelope = pick.of(model);
    if (!envelope) return null;
    const body = { aeCents: Math.abs(cents), cpCents: Math.abs(cents), ...REASON };
    return {
      expected: adjusting(envelope, cents),
      send: (world) => act(world, deciderOf(model, envelope.funder), ['envelopes', envelope.id], cents < 0 ? 'decrease' : 'increase', body),
    };
  });

/** A first time, the part is opened. */
export const delegate = (pick: Pick<ModelEnvelope>, sector: 'NE' | 'NO', cents: number) =>
  new MoneyCommand('delegate', `${cents} of ${pick.words} to the sector ${sector}`, (model) => {
    const parent = pick.of(model);
    if (!parent) return null;
    const by = deciderOf(model, parent.funder);
    const part = model.envelopes.find((other) => other.parent === parent && other.sector === sector);
    if (part)
      return {
        expected: delegating(part, cents),
        send: (world) => act(world, by, ['envelopes', part.id], 'delegate', { amountCents: cents }),
      };
    return {
      expected: openingPart(model, parent, sector, cents),
      send: (world) => act(world, by, ['envelopes', parent.id], 'sub-envelopes', { sectorCode: sector, amountCents: cents }),
    };
  });

export const takeBack = (rank: number, cents: number) =>
  new MoneyCommand('take back', `${cents} of part ${rank}`, (model) => {
    const parts = model.envelopes.filter(({ parent }) => parent !== null);
    if (parts.length === 0) return null;
    const part = at(parts, rank);
    return {
      expected: delegating(part, -cents),
      send: (world) => act(world, deciderOf(model, part.funder), ['envelopes', part.id], 'take-back', { amountCents: cents, ...REASON }),
    };
  });

/** `allowed`: what 2.5 % of the base makes. */
export const limitPockets = (allowed: number) =>
  new MoneyCommand('limit pockets', `to ${allowed}`, (model) => ({
    expected: limiting(model, allowed * 40),
    send: (world) => world.limitPockets(model, allowed * 40),
  }));
