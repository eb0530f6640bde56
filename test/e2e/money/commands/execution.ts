import { parisDay } from '../../../../src/kernel/paris-day.js';
import { signed } from '../model/cpo.js';
import { amending, notifying, paying, preparing, reversing, signing, voiding } from '../model/execution.js';
import type { Expected, FunderCode, ModelLine, MoneyModel } from '../model/money-model.js';
import type { MoneyWorld } from '../world.js';
import { act, at, deciderOf, MoneyCommand, ok, type Answer, type LinePick } from './command.js';

export const today = ({ app }: MoneyWorld): string => parisDay(app.clock.now());

/** The act that grants a line; of a CPO, that of its first year only. */
async function actOf({ app }: MoneyWorld, { id }: ModelLine): Promise<{ id: string; isBilateral: boolean }> {
  const [row] = await app.query<{ id: string; isBilateral: boolean }>(
    `SELECT a.id, a.is_bilateral AS "isBilateral" FROM acts a JOIN act_lines l ON l.act_id = a.id JOIN funding_lines f ON f.id = l.funding_line_id
     WHERE f.id = $1 AND l.purpose = 'grant' AND a.state <> 'void' AND (a.kind <> 'cpo' OR f.year = a.year)`,
    [id],
  );
  if (!row) throw new Error('the model knows of an act that is not there');
  return row;
}

export const prepareActs = (funder: FunderCode) =>
  new MoneyCommand('prepare the acts', `of ${funder}`, (model) => ({
    expected: preparing(model, funder),
    send: async (world) => {
      await world.prepareActs(model, funder);
      return ok();
    },
  }));

const onAct = (
  kind: string,
  pick: LinePick,
  expected: (model: MoneyModel, line: ModelLine) => Expected,
  send: (world: MoneyWorld, model: MoneyModel, line: ModelLine) => Promise<Answer>,
) =>
  new MoneyCommand(kind, pick.words, (model) => {
    const line = pick.of(model);
    return line && line.act !== 'none' ? { expected: expected(model, line), send: (world) => send(world, model, line) } : null;
  });

const handle = async (world: MoneyWorld, model: MoneyModel, line: ModelLine, verb: string, body: object) =>
  act(world, deciderOf(model, line.funder), ['acts', (await actOf(world, line)).id], verb, body);

/** That of a CPO is its signature too. */
export const signAct = (pick: LinePick) =>
  onAct(
    'sign the act of',
    pick,
    (model, line) => {
      const { cpo } = model;
      const expected = signing(line);
      if (line.act !== 'cpo' || cpo === null || typeof expected !== 'function') return expected;
      return (answer: never) => {
        expected(answer);
        cpo.onPaper = false;
        signed(model, cpo, model.hands.staff[1].id, answer);
      };
    },
    async (world, model, line) => {
      const answer = await handle(world, model, line, 'sign', { method: 'platform', signedOn: today(world) });
      if (line.act !== 'cpo' || answer.status >= 300) return answer;
      return world.app.http.get(`/v1/cpos/${model.cpo?.id ?? ''}`).set(model.hands.staff[1].auth);
    },
  );

export const notifyAct = (pick: LinePick) =>
  onAct(
    'notify the act of',
    pick,
    (_, line) => notifying(line),
    async (world, model, line) => {
      const { isBilateral } = await actOf(world, line);
      return handle(world, model, line, 'notify', isBilateral ? { beneficiarySignedOn: today(world) } : {});
    },
  );

export const voidAct = (pick: LinePick) =>
  onAct('void the act of', pick, voiding, (world, model, line) => handle(world, model, line, 'void', { reason: 'Au hasard' }));

/** `cents`: null for the rest. */
export const pay = (pick: LinePick, cents: number | null) =>
  new MoneyCommand('pay', `${cents ?? 'the rest'} of ${pick.words}`, (model) => {
    const line = pick.of(model);
    if (!line) return null;
    const paid = cents ?? line.granted - line.paid;
    return {
      expected: paying(line, paid),
      send: async (world) =>
        world.app.http
          .post(`/v1/funding-lines/${line.id}/payments`)
          .set(deciderOf(model, line.funder).auth)
          .send({ amountCents: paid, paidOn: today(world), reference: 'DP 1' }),
    };
  });

/** If-Match carries the version of the line. */
export const reverse = (pick: LinePick, rank: number) =>
  new MoneyCommand('reverse a payment', `${rank} of ${pick.words}`, (model) => {
    const line = pick.of(model);
    if (!line || line.payments.length === 0) return null;
    const payment = at(line.payments, rank);
    return {
      expected: reversing(line, payment),
      send: async ({ app }) => {
        const [row] = await app.query<{ version: number }>('SELECT version FROM funding_lines WHERE id = $1', [line.id]);
        const asking = app.http.post(`/v1/payments/${payment.id}/reverse`).set(deciderOf(model, line.funder).auth);
        return asking.set('If-Match', `"${row?.version ?? 0}"`).send({ reason: 'Au hasard' });
      },
    };
  });

/** Prepared and signed. What is refused at the signature is given up, so that another amendment may come. */
export const amend = (pick: LinePick, cents: number) =>
  onAct(
    'amend the act of',
    { ...pick, words: `${pick.words} to ${cents}` },
    (model, line) => amending(model, line, cents),
    async (world, model, line) => {
      const by = deciderOf(model, line.funder);
      const lines = [{ lineId: line.id, amountCents: cents }];
      const amendment = await handle(world, model, line, 'amendments', { lines, reason: 'Au hasard' });
      if (amendment.status >= 300) return amendment;
      const on = ['acts', (amendment.body as { id: string }).id] as const;
      const answer = await act(world, by, on, 'sign', { method: 'platform', signedOn: today(world) });
      if (answer.status >= 300) await act(world, by, on, 'void', { reason: 'Refusé' });
      return answer;
    },
  );
