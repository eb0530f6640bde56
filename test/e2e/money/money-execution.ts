import fc from 'fast-check';
import { parisDay } from '../../../src/kernel/paris-day.js';
import { act, amount, anyLine, at, MoneyCommand, type MoneyWorld } from './money-commands.js';
import { amending, paying, preparing, signing, notifying, unpaying, voiding, type Expected, type ModelLine } from './money-model.js';

/** The act that grants a line, void ones apart. */
async function actOf({ app }: MoneyWorld, { id }: ModelLine): Promise<string | null> {
  const [row] = await app.query<{ id: string }>(
    `SELECT a.id FROM acts a JOIN act_lines l ON l.act_id = a.id
     WHERE l.funding_line_id = $1 AND l.purpose = 'grant' AND a.state <> 'void'`,
    [id],
  );
  return row?.id ?? null;
}

/** An act of the trade on the document that grants a line; without a document there is nobody to ask, and the line is in a state before it. */
const onAct = (name: string, verb: string, body: (today: string) => object, expected: (line: ModelLine) => Expected) =>
  anyLine(['announced', 'act-generated', 'signed', 'notified']).map(
    (pick) =>
      new MoneyCommand(`${name} ${pick.words}`, (model, world) => {
        const line = pick.of(model);
        const send = async () => {
          const id = await actOf(world, line);
          if (id === null) return { status: 409, body: { code: 'NO_ACT' } };
          return act(world, at(world.staff, 1), 'acts', id, verb, body(parisDay(world.app.clock.now())));
        };
        return { expected: expected(line), send };
      }),
  );

async function amend(world: MoneyWorld, line: ModelLine, cents: number) {
  const [by, id] = [at(world.staff, 1), await actOf(world, line)];
  if (id === null) return { status: 409, body: { code: 'NO_ACT' } };
  const amendment = await act(world, by, 'acts', id, 'amendments', {
    lines: [{ lineId: line.id, amountCents: cents }],
    reason: 'Au hasard',
  });
  if (amendment.status >= 300) return amendment;
  const { id: amendmentId } = amendment.body as { id: string };
  const signed = await act(world, by, 'acts', amendmentId, 'sign', { method: 'platform', signedOn: parisDay(world.app.clock.now()) });
  // What the envelope refuses at the signature is given up, so that another amendment may come.
  if (signed.status >= 300) await act(world, by, 'acts', amendmentId, 'void', { reason: 'Refusé' });
  return signed;
}

async function lastPayment({ app }: MoneyWorld, { id }: ModelLine): Promise<{ id: string; cents: number } | null> {
  const [row] = await app.query<{ id: string; cents: bigint }>(
    `SELECT id, amount_cents AS cents FROM payments WHERE funding_line_id = $1 AND reversed_at IS NULL ORDER BY id DESC LIMIT 1`,
    [id],
  );
  return row ? { id: row.id, cents: Number(row.cents) } : null;
}

const PAYABLE = ['notified', 'partly-paid', 'paid'];

/** What happens to a grant once it is announced: act, signature, notification, amendment, payment and its correction. */
export const EXECUTION: fc.Arbitrary<MoneyCommand>[] = [
  fc.constant(
    new MoneyCommand('prepare the acts', (model, world) => ({
      expected: preparing(model.lines),
      send: async () => {
        await world.prepareActs();
        return { status: 200, body: {} };
      },
    })),
  ),
  onAct('sign the act of', 'sign', (today) => ({ method: 'platform', signedOn: today }), signing),
  onAct('notify the act of', 'notify', () => ({}), notifying),
  onAct('void the act of', 'void', () => ({ reason: 'Au hasard' }), voiding),
  fc.tuple(anyLine(PAYABLE), amount, fc.boolean()).map(
    ([pick, cents, all]) =>
      new MoneyCommand(`pay ${all ? 'the rest' : cents} of ${pick.words}`, (model, world) => {
        const line = pick.of(model);
        const paid = all ? line.granted - line.paid : cents;
        const body = { amountCents: paid, paidOn: parisDay(world.app.clock.now()), reference: 'DP 1' };
        const asking = world.app.http.post(`/v1/funding-lines/${line.id}/payments`).set(at(world.staff, 1).auth);
        return { expected: paying(line, paid), send: () => Promise.resolve(asking.send(body)) };
      }),
  ),
  anyLine(['partly-paid', 'paid']).map(
    (pick) =>
      new MoneyCommand(`take back the last payment of ${pick.words}`, (model, world) => {
        const line = pick.of(model);
        const expected: Expected = line.paid > 0 ? () => undefined : ['NO_PAYMENT'];
        const send = async () => {
          const payment = await lastPayment(world, line);
          if (payment === null) return { status: 409, body: { code: 'NO_PAYMENT' } };
          const { body } = await world.app.http.get(`/v1/funding-lines/${line.id}`).set(world.coordinator.auth);
          const asking = world.app.http.post(`/v1/payments/${payment.id}/reverse`).set(at(world.staff, 1).auth);
          const answer = await asking.set('If-Match', `"${(body as { version: number }).version}"`).send({ reason: 'Au hasard' });
          if (answer.status < 300) unpaying(line, payment.cents);
          return answer;
        };
        return { expected, send };
      }),
  ),
  fc.tuple(anyLine(PAYABLE), amount).map(
    ([pick, cents]) =>
      new MoneyCommand(`amend ${pick.words} to ${cents}`, (model, world) => {
        const line = pick.of(model);
        return { expected: amending(line, cents), send: () => amend(world, line, cents) };
      }),
  ),
];
