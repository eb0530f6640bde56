import { newId } from '../../../../src/kernel/id.js';
import { plusDays } from '../../../../src/kernel/day.js';
import { asking, receiving, writingOff } from '../model/repayments.js';
import type { ModelLine, ModelRepayment, MoneyModel } from '../model/money-model.js';
import { act, deciderOf, MoneyCommand, type LinePick } from './command.js';
import { today } from './execution.js';

/** `cents`: null for all that is paid. */
export const askRepayment = (pick: LinePick, cents: number | null) =>
  new MoneyCommand('ask a repayment', `of ${cents ?? 'all'} for ${pick.words}`, (model) => {
    const line = pick.of(model);
    if (!line) return null;
    const asked = cents ?? line.paid;
    return {
      expected: asking(line, asked),
      send: (world) => {
        const body = { amountCents: asked, reason: 'Non dépensé', dueOn: plusDays(today(world), 60) };
        return act(world, deciderOf(model, line.funder), ['funding_lines', line.id], 'repayments', body);
      },
    };
  });

const onRepayment = (
  kind: string,
  words: string,
  pick: LinePick,
  plan: (model: MoneyModel, line: ModelLine, repayment: ModelRepayment) => ReturnType<ConstructorParameters<typeof MoneyCommand>[2]>,
) =>
  new MoneyCommand(kind, `${words}${pick.words}`, (model) => {
    const line = pick.of(model);
    return line?.repayment ? plan(model, line, line.repayment) : null;
  });

/** `cents`: null for the rest. */
export const receive = (pick: LinePick, cents: number | null) =>
  onRepayment('receive', `${cents ?? 'the rest'} of the repayment of `, pick, (model, line, repayment) => {
    const received = cents ?? repayment.asked - repayment.received;
    return {
      expected: receiving(line, repayment, received),
      send: (world) => {
        const body = { amountCents: received, receivedOn: today(world), reference: newId() };
        return act(world, deciderOf(model, line.funder), ['repayments', repayment.id], 'receipts', body);
      },
    };
  });

export const writeOff = (pick: LinePick) =>
  onRepayment('write off', 'the repayment of ', pick, (model, line, repayment) => ({
    expected: writingOff(line, repayment),
    send: (world) => act(world, deciderOf(model, line.funder), ['repayments', repayment.id], 'write-off', { reason: 'Liquidée' }),
  }));
