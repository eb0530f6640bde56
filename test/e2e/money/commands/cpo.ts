import { KeepCpos } from '../../../../src/modules/agreements/index.js';
import {
  abandoning,
  amendingCpo,
  announcingTranche,
  changing,
  confirming,
  ending,
  negotiating,
  passing,
  puttingOnPaper,
  reservingTranche,
  signingCpo,
  terminating,
} from '../model/cpo.js';
import type { Expected, ModelCpo, ModelEnvelope, ModelLine, MoneyModel } from '../model/money-model.js';
import type { MoneyWorld } from '../world.js';
import { act, at, MoneyCommand, ok, type Answer } from './command.js';
import { today } from './execution.js';

const tranchesOf = ({ cpoLines }: MoneyModel, amounts: readonly number[]) =>
  cpoLines.map(({ year }, rank) => ({ year, amountCents: amounts[rank] ?? 0 }));

export const negotiate = (amounts: readonly number[]) =>
  new MoneyCommand('negotiate the CPO', amounts.join(' '), (model) => ({
    expected: negotiating(model, amounts),
    send: async ({ app, funders }) => {
      const [first] = model.cpoLines;
      const years = model.cpoLines.map(({ year }) => year);
      const body = { actionId: first?.action.id, funderId: funders['P147-94'], years, tranches: tranchesOf(model, amounts) };
      return app.http.post('/v1/cpos').set(model.hands.staff[0].auth).send(body);
    },
  }));

type Plan = (model: MoneyModel, cpo: ModelCpo) => { expected: Expected; send: (world: MoneyWorld) => Promise<Answer> };

const onCpo = (kind: string, words: string, plan: Plan) =>
  new MoneyCommand(kind, words, (model) => (model.cpo === null ? null : plan(model, model.cpo)));

export const changeCpo = (amounts: readonly number[]) =>
  onCpo('change the CPO', `to ${amounts.join(' ')}`, (model, cpo) => ({
    expected: changing(model, cpo, amounts),
    send: (world) => act(world, model.hands.staff[0], ['cpos', cpo.id], '', { tranches: tranchesOf(model, amounts) }, 'put'),
  }));

export const abandonCpo = () =>
  onCpo('abandon the CPO', '', (model, cpo) => ({
    expected: abandoning(model, cpo),
    send: (world) => act(world, model.hands.staff[0], ['cpos', cpo.id], 'abandon', { reason: 'Sans suite' }),
  }));

export const putOnPaper = () =>
  onCpo('put the CPO on paper', '', (model, cpo) => ({
    expected: puttingOnPaper(model, cpo),
    send: (world) => act(world, model.hands.staff[1], ['cpos', cpo.id], 'prepare-act'),
  }));

export const signCpo = (who: 1 | 2) =>
  onCpo('sign the CPO', `by ${who}`, (model, cpo) => {
    const by = at(model.hands.staff, who);
    return {
      expected: signingCpo(model, cpo, by.id),
      send: (world) => {
        const [signedOn, beneficiarySignedOn] = [today(world), today(world)];
        return act(world, by, ['cpos', cpo.id], 'sign', { signedOn, beneficiarySignedOn, reference: 'CPO 2027-012' });
      },
    };
  });

/** `named`: the rank of an envelope among those of the year, parts included; null lets the service find one. */
export const reserveTranche = (rank: number, named: number | null, who: number) =>
  onCpo('reserve a tranche', `${rank} on ${named ?? 'any'} by ${who}`, (model, cpo) => {
    const by = at(model.hands.staff, who);
    const line = model.cpoLines[rank] as ModelLine;
    const envelope: ModelEnvelope | null = named === null ? null : at(envelopesFor(model, line), named);
    return {
      expected: reservingTranche(model, cpo, rank, envelope, by.id),
      send: (world) =>
        act(world, by, ['cpos', cpo.id], `tranches/${line.year}/reserve`, envelope === null ? {} : { envelopeId: envelope.id }),
    };
  });

const envelopesFor = ({ envelopes }: MoneyModel, { year }: ModelLine) =>
  envelopes.filter((envelope) => envelope.year === year && envelope.funder === 'P147-94');

export const confirmTranche = (rank: number, who: 1 | 2) =>
  onCpo('confirm a tranche', `${rank} by ${who}`, (model, cpo) => {
    const by = at(model.hands.staff, who);
    return {
      expected: confirming(model, cpo, rank, by.id),
      send: (world) => act(world, by, ['cpos', cpo.id], `tranches/${model.cpoLines[rank]?.year}/confirm`),
    };
  });

export const announceTranche = (rank: number) =>
  onCpo('announce a tranche', `${rank}`, (model, cpo) => ({
    expected: announcingTranche(model, cpo, rank),
    send: (world) => act(world, model.hands.coordinator, ['cpos', cpo.id], `tranches/${model.cpoLines[rank]?.year}/announce`),
  }));

export const amendCpo = (rank: number, cents: number, who: 1 | 2) =>
  onCpo('amend the CPO', `${rank} to ${cents} by ${who}`, (model, cpo) => {
    const by = at(model.hands.staff, who);
    const tranches = [{ year: model.cpoLines[rank]?.year, amountCents: cents }];
    return {
      expected: amendingCpo(model, cpo, rank, cents, by.id),
      send: (world) => act(world, by, ['cpos', cpo.id], 'amend', { tranches, reason: 'Avenant' }),
    };
  });

/** On the last day of the year of that rank, which no stop of the calendar is before the signature of. */
export const terminateCpo = (rank: number) =>
  onCpo('terminate the CPO', `after ${rank}`, (model, cpo) => {
    const from = Math.max(model.cpoLines[rank]?.year ?? 0, Number(model.today.slice(0, 4)));
    const body = { reason: 'Résiliation', effectiveOn: `${from}-12-31` };
    return {
      expected: terminating(model, cpo, from),
      send: (world) => act(world, model.hands.staff[1], ['cpos', cpo.id], 'terminate', body),
    };
  });

export const endCpo = () =>
  onCpo('end the CPO', '', (model, cpo) => ({
    expected: ending(model, cpo),
    send: (world) => act(world, model.hands.staff[1], ['cpos', cpo.id], 'end'),
  }));

/** The calendar stops on days that mean something to a CPO of 2027 to 2029: its first year, its term, the day after its last report was due. */
const STOPS = ['2027-01-04', '2030-01-07', '2030-07-01'];

export const passTime = () =>
  new MoneyCommand('let time pass', '', (model) => {
    const next = STOPS.find((stop) => stop > model.today);
    if (next === undefined) return null;
    return {
      expected: passing(model, next),
      send: async (world) => {
        await world.pass(model, next);
        await world.app.app.get(KeepCpos).execute();
        return ok();
      },
    };
  });
