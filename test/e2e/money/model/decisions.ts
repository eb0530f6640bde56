import {
  become,
  either,
  payRefusals,
  pocketRefusals,
  refusals,
  reserve,
  reservedOf,
  roomOf,
  UNDECIDED,
  undecide,
  type Expected,
  type ModelEnvelope,
  type ModelLine,
  type MoneyModel,
} from './money-model.js';

const amountRefusals = (line: ModelLine, cents: number) =>
  refusals([cents === 0, 'AMOUNT_NOT_POSITIVE'], [cents > line.requested, 'AMOUNT_ABOVE_REQUEST']);

const ofTheState = (line: ModelLine) => refusals([line.funder !== 'P147-94', 'NOT_PROGRAMME_147'], [line.held, 'HELD_BY_CPO']);

export function proposing(model: MoneyModel, line: ModelLine, envelope: ModelEnvelope, cents: number, by: string): Expected {
  const here = line.envelope === envelope ? reservedOf(line) : 0;
  const codes = [
    ...ofTheState(line),
    ...refusals([!UNDECIDED.has(line.state) && line.state !== 'proposed', 'ACT_NOT_ALLOWED']),
    ...amountRefusals(line, cents),
    ...payRefusals(envelope, line),
    ...refusals([cents - here > roomOf(envelope), 'ENVELOPE_EXCEEDED']),
    ...pocketRefusals(model, line, cents - reservedOf(line)),
  ];
  return either(codes, () => reserve(line, envelope, cents, by));
}

export function approving(model: MoneyModel, line: ModelLine, cents: number, by: string): Expected {
  const more = cents - line.proposed;
  const codes = [
    ...ofTheState(line),
    ...refusals(
      [line.state !== 'proposed', 'ACT_NOT_ALLOWED'],
      [line.state === 'proposed' && by === line.proposer, 'FOUR_EYES'],
      [line.envelope !== null && line.state === 'proposed' && more > roomOf(line.envelope), 'ENVELOPE_EXCEEDED'],
    ),
    ...amountRefusals(line, cents),
    ...pocketRefusals(model, line, more),
  ];
  return either(codes, () => become(line, { state: 'approved', granted: cents }));
}

export function refusing(line: ModelLine): Expected {
  const codes = [...ofTheState(line), ...refusals([!UNDECIDED.has(line.state) && line.state !== 'proposed', 'ACT_NOT_ALLOWED'])];
  return either(codes, () => become(line, { state: 'refused', granted: 0, envelope: null }));
}

/** Comes back on what nobody was told. */
export function releasing(line: ModelLine): Expected {
  const from = line.funder === 'P147-94' ? ['proposed', 'approved', 'refused'] : ['approved', 'refused'];
  const codes = refusals([line.held, 'HELD_BY_CPO'], [!from.includes(line.state), 'ACT_NOT_ALLOWED']);
  return either(codes, () => undecide(line, 'instructed'));
}

/** A funder's own decision, from an envelope that it keeps here or from none; 0 refuses. */
export function recording(line: ModelLine, cents: number, envelope: ModelEnvelope | null): Expected {
  const codes = [
    ...refusals(
      [line.funder === 'P147-94', 'PROGRAMME_147_NEEDS_APPROVAL'],
      [!UNDECIDED.has(line.state), 'ACT_NOT_ALLOWED'],
      [cents > line.requested, 'AMOUNT_ABOVE_REQUEST'],
      [envelope !== null && cents > roomOf(envelope), 'ENVELOPE_EXCEEDED'],
    ),
    ...(envelope === null ? [] : payRefusals(envelope, line)),
  ];
  return either(codes, () =>
    become(line, cents === 0 ? { state: 'refused', envelope: null } : { state: 'approved', granted: cents, envelope }),
  );
}

/** The results of the call are told. */
export function announcing({ lines }: MoneyModel): Expected {
  return () => {
    for (const line of lines) {
      if (line.state === 'approved') line.state = 'announced';
      if (line.state === 'refused') line.state = 'refusal-announced';
    }
  };
}
