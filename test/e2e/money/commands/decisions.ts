import { announcing, approving, proposing, recording, refusing, releasing } from '../model/decisions.js';
import { act, at, deciderOf, MoneyCommand, ok, type EnvelopePick, type LinePick } from './command.js';

/** What people do to money before the announcement. */
export const propose = (pick: LinePick, from: EnvelopePick, cents: number, who: number) =>
  new MoneyCommand('propose', `${cents} for ${pick.words} by ${who}`, (model) => {
    const line = pick.of(model);
    const envelope = line && from(model, line);
    if (!line || !envelope) return null;
    const by = at(model.hands.staff, who);
    return {
      expected: proposing(model, line, envelope, cents, by.id),
      send: (world) => act(world, by, ['funding_lines', line.id], 'propose', { amountCents: cents, envelopeId: envelope.id }),
    };
  });

/** `cents`: null for what is proposed. */
export const approve = (pick: LinePick, cents: number | null, who: 1 | 2) =>
  new MoneyCommand('approve', `${cents ?? 'as proposed'} for ${pick.words} by ${who}`, (model) => {
    const line = pick.of(model);
    if (!line) return null;
    const [by, granted] = [at(model.hands.staff, who), cents ?? line.proposed];
    return {
      expected: approving(model, line, granted, by.id),
      send: (world) => act(world, by, ['funding_lines', line.id], 'approve', { amountCents: granted }),
    };
  });

export const refuse = (pick: LinePick) =>
  new MoneyCommand('refuse', pick.words, (model) => {
    const line = pick.of(model);
    if (!line) return null;
    const send = (world: Parameters<typeof act>[0]) =>
      act(world, model.hands.staff[1], ['funding_lines', line.id], 'refuse', { reason: 'Au hasard' });
    return { expected: refusing(line), send };
  });

export const release = (pick: LinePick) =>
  new MoneyCommand('release', pick.words, (model) => {
    const line = pick.of(model);
    if (!line) return null;
    const by = deciderOf(model, line.funder);
    return {
      expected: releasing(line),
      send: (world) => act(world, by, ['funding_lines', line.id], 'release', { reason: 'Au hasard' }),
    };
  });

/** What another funder decided, in one step; 0 refuses. */
export const record = (pick: LinePick, cents: number, from: EnvelopePick) =>
  new MoneyCommand('record the decision', `of ${cents} for ${pick.words}`, (model) => {
    const line = pick.of(model);
    if (!line || line.funder === 'P147-94') return null;
    const envelope = cents === 0 ? null : from(model, line);
    const body = {
      ...{ amountCents: cents, decisionReference: 'CP 2026-11', decidedOn: '2026-11-02', reason: 'Au hasard' },
      ...(envelope ? { envelopeId: envelope.id } : {}),
    };
    return {
      expected: recording(line, cents, envelope),
      send: (world) => act(world, model.hands.partner, ['funding_lines', line.id], 'record-decision', body),
    };
  });

export const announce = () =>
  new MoneyCommand('announce the results', '', (model) => ({
    expected: announcing(model),
    send: async (world) => {
      await world.announce(model);
      return ok();
    },
  }));
