import {
  become,
  either,
  pocketRefusals,
  refusals,
  roomOf,
  type Expected,
  type FunderCode,
  type ModelLine,
  type ModelPayment,
  type MoneyModel,
} from './money-model.js';

const AMENDABLE = ['notified', 'partly-paid', 'paid'];
/** The balance is often paid while the report is read, or after: the state then stays. */
const LATE = ['to-justify', 'report-submitted', 'to-amend', 'justified'];

/** Of all that this funder granted and told. */
export function preparing({ lines }: MoneyModel, funder: FunderCode): Expected {
  return () => {
    for (const line of lines)
      if (line.funder === funder && line.state === 'announced') Object.assign(line, { state: 'act-generated', act: 'own' });
  };
}

const step =
  (from: string, to: string) =>
  (line: ModelLine): Expected =>
    either(refusals([line.state !== from, 'ACT_NOT_ALLOWED']), () => {
      line.state = to;
    });

export const signing = step('act-generated', 'signed');
export const notifying = step('signed', 'notified');

export function voiding(model: MoneyModel, line: ModelLine): Expected {
  return either(refusals([line.state !== 'act-generated', 'ACT_NOT_ALLOWED']), () => {
    if (line.act === 'cpo' && model.cpo) model.cpo.onPaper = false;
    Object.assign(line, { state: 'announced', act: 'none' });
  });
}

export function paying(line: ModelLine, cents: number): Expected {
  const late = LATE.includes(line.state);
  const codes = refusals(
    [!late && !['notified', 'partly-paid'].includes(line.state), 'ACT_NOT_ALLOWED'],
    [cents === 0, 'AMOUNT_NOT_POSITIVE'],
    [cents > line.granted - line.paid, 'PAYMENT_ABOVE_GRANT'],
    [cents > line.requested, 'AMOUNT_ABOVE_REQUEST'],
  );
  return either(codes, ({ id }: { id: string }) => {
    line.payments.push({ id, cents, reversed: false });
    line.paid += cents;
    if (line.envelope) line.envelope.paid += cents;
    if (!late) line.state = line.paid === line.granted ? 'paid' : 'partly-paid';
  });
}

/** A payment confirmed by mistake. */
export function reversing(line: ModelLine, payment: ModelPayment): Expected {
  const late = LATE.includes(line.state);
  const codes = refusals(
    [payment.reversed, 'PAYMENT_ALREADY_REVERSED'],
    [!late && !['partly-paid', 'paid'].includes(line.state), 'ACT_NOT_ALLOWED'],
  );
  return either(codes, () => {
    payment.reversed = true;
    line.paid -= payment.cents;
    if (line.envelope) line.envelope.paid -= payment.cents;
    if (!late) line.state = line.paid === 0 ? 'notified' : 'partly-paid';
  });
}

/** An amendment, prepared and signed in one go: the only way to another amount once notified. */
export function amending(model: MoneyModel, line: ModelLine, cents: number): Expected {
  const codes = [
    ...refusals(
      [!AMENDABLE.includes(line.state), 'NOT_AMENDABLE'],
      [!AMENDABLE.includes(line.state), 'ACT_NOT_ALLOWED'],
      [line.state === 'paid' && cents === line.paid, 'ACT_NOT_ALLOWED'],
      [cents === line.granted, 'NOTHING_AMENDED'],
      [cents === 0, 'AMOUNT_NOT_POSITIVE'],
      [cents > line.requested, 'AMOUNT_ABOVE_REQUEST'],
      [cents < line.paid, 'AMENDMENT_BELOW_PAID'],
      [line.envelope !== null && cents - line.granted > roomOf(line.envelope), 'ENVELOPE_EXCEEDED'],
    ),
    ...pocketRefusals(model, line, cents - line.granted),
  ];
  return either(codes, () => {
    const state = line.paid === 0 ? line.state : line.paid === cents ? 'paid' : 'partly-paid';
    become(line, { granted: cents, state });
  });
}
