import { become, either, refusals, type Expected, type ModelLine, type ModelRepayment } from './money-model.js';

export function asking(line: ModelLine, cents: number): Expected {
  const codes = refusals(
    [!['justified', 'not-carried-out'].includes(line.state), 'ACT_NOT_ALLOWED'],
    [cents === 0, 'AMOUNT_NOT_POSITIVE'],
    [cents > line.paid, 'REPAYMENT_ABOVE_PAID'],
  );
  return either(codes, ({ id }: { id: string }) => {
    line.state = 'repayment-due';
    line.repayment = { id, asked: cents, received: 0, state: 'asked' };
  });
}

/** A part of it, or the rest, came back: the envelope recovers it, and the line ends with the last cent. */
export function receiving(line: ModelLine, repayment: ModelRepayment, cents: number): Expected {
  const codes = refusals(
    [repayment.state !== 'asked', 'REPAYMENT_ENDED'],
    [cents === 0, 'AMOUNT_NOT_POSITIVE'],
    [repayment.received + cents > repayment.asked, 'REPAYMENT_ABOVE_ASKED'],
  );
  return either(codes, () => {
    repayment.received += cents;
    line.paid -= cents;
    if (line.envelope) line.envelope.paid -= cents;
    if (repayment.received < repayment.asked) return;
    repayment.state = 'received';
    become(line, { state: 'closed' });
  });
}

export function writingOff(line: ModelLine, repayment: ModelRepayment): Expected {
  return either(refusals([repayment.state !== 'asked', 'REPAYMENT_ENDED']), () => {
    repayment.state = 'written-off';
    become(line, { state: 'closed' });
  });
}
