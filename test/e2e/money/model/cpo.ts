import {
  become,
  either,
  payRefusals,
  refusals,
  reserve,
  reservedOf,
  roomOf,
  standing,
  undecide,
  type Expected,
  type ModelCpo,
  type ModelEnvelope,
  type ModelLine,
  type MoneyModel,
} from './money-model.js';

/** A CPO as the API answers it, as far as the model learns from it. */
export interface AnsweredCpo {
  readonly id: string;
  readonly tranches: readonly { readonly envelopeId: string | null }[];
}

const UNDER_WAY = ['signed', 'active'];
const amountRefusals = (lines: readonly ModelLine[], amounts: readonly number[]) =>
  refusals(
    [amounts.includes(0), 'WRONG_TRANCHES'],
    [amounts.some((cents, rank) => cents > (lines[rank]?.requested ?? 0)), 'TRANCHE_ABOVE_REQUEST'],
  );

export function negotiating(model: MoneyModel, amounts: readonly number[]): Expected {
  const { cpo, cpoLines } = model;
  const isFree = (line: ModelLine, rank: number) =>
    !line.held && (standing(line) === 'undecided' || (rank === 0 && ['reserved', 'granted'].includes(standing(line))));
  const codes = [
    ...amountRefusals(cpoLines, amounts),
    ...refusals(
      [!cpoLines.every(isFree), 'LINE_NOT_FREE'],
      [cpo !== null && ['negotiation', ...UNDER_WAY].includes(cpo.state), 'CPO_ALREADY_LIVE'],
    ),
  ];
  return either(codes, ({ id }: AnsweredCpo) => {
    model.cpo = { id, amounts: [...amounts], confirmed: cpoLines.map(() => false), onPaper: false, state: 'negotiation' };
    for (const line of cpoLines.slice(1)) line.held = true;
  });
}

const talks = ({ state, onPaper }: ModelCpo) => refusals([state !== 'negotiation', 'ACT_NOT_ALLOWED'], [onPaper, 'CPO_ON_PAPER']);

export function changing(model: MoneyModel, cpo: ModelCpo, amounts: readonly number[]): Expected {
  return either([...talks(cpo), ...amountRefusals(model.cpoLines, amounts)], () => {
    cpo.amounts.splice(0, amounts.length, ...amounts);
  });
}

export function abandoning({ cpoLines }: MoneyModel, cpo: ModelCpo): Expected {
  return either(talks(cpo), () => {
    cpo.state = 'abandoned';
    for (const line of cpoLines) line.held = false;
  });
}

const firstRefusals = ({ cpoLines: [first] }: MoneyModel, { amounts }: ModelCpo) =>
  refusals(
    [first !== undefined && standing(first) !== 'granted', 'FIRST_TRANCHE_NOT_GRANTED'],
    [first !== undefined && standing(first) === 'granted' && first.granted !== amounts[0], 'FIRST_TRANCHE_DIFFERS'],
  );

export function puttingOnPaper(model: MoneyModel, cpo: ModelCpo): Expected {
  const [first] = model.cpoLines;
  const codes = [...talks(cpo), ...firstRefusals(model, cpo), ...refusals([first?.state !== 'announced', 'ACT_NOT_ALLOWED'])];
  return either(codes, () => {
    cpo.onPaper = true;
    if (first) Object.assign(first, { state: 'act-generated', act: 'cpo' });
  });
}

/** By hand, without an act of the platform. */
export function signingCpo(model: MoneyModel, cpo: ModelCpo, by: string): Expected {
  return either([...talks(cpo), ...firstRefusals(model, cpo)], (answer: AnsweredCpo) => signed(model, cpo, by, answer));
}

/** Its first year is confirmed, each later one is reserved where an envelope has room. */
export function signed(model: MoneyModel, cpo: ModelCpo, by: string, answer: AnsweredCpo): void {
  cpo.state = model.today >= '2027-01-01' ? 'active' : 'signed';
  cpo.confirmed[0] = true;
  for (const [rank, line] of model.cpoLines.entries()) {
    if (rank === 0) line.held = true;
    else if (standing(line) === 'undecided') learnRoom(model, line, cpo.amounts[rank] ?? 0, by, answer.tranches[rank]?.envelopeId ?? null);
  }
}

/** Any envelope with room may be chosen, and one is if there is any. */
function learnRoom(model: MoneyModel, line: ModelLine, cents: number, by: string, envelopeId: string | null): void {
  const fit = rooms(model, line, cents);
  const chosen = fit.find(({ id }) => id === envelopeId);
  if (chosen) reserve(line, chosen, cents, by);
  else if (fit.length > 0 || envelopeId !== null) {
    throw new Error(
      `the year ${line.year} is in envelope ${String(envelopeId)}, where the model has room in [${fit.map(({ id }) => id).join(', ')}]`,
    );
  }
}

const rooms = ({ envelopes }: MoneyModel, line: ModelLine, cents: number): readonly ModelEnvelope[] =>
  envelopes.filter((envelope) => payRefusals(envelope, line).length === 0 && roomOf(envelope) >= cents);

/** What may still be reserved, amended or confirmed. */
const pending = ({ state, confirmed }: ModelCpo, line: ModelLine, rank: number) =>
  refusals(
    [!UNDER_WAY.includes(state), 'ACT_NOT_ALLOWED'],
    [standing(line) === 'ended', 'TRANCHE_ENDED'],
    [confirmed[rank] === true || ['granted', 'closed'].includes(standing(line)), 'TRANCHE_ALREADY_CONFIRMED'],
  );

export function reservingTranche(model: MoneyModel, cpo: ModelCpo, rank: number, named: ModelEnvelope | null, by: string): Expected {
  const [line, cents] = [model.cpoLines[rank] as ModelLine, cpo.amounts[rank] ?? 0];
  const more = named !== null && named === line.envelope ? cents - reservedOf(line) : cents;
  const codes = [
    ...pending(cpo, line, rank),
    ...(named === null
      ? refusals([rooms(model, line, cents).length === 0, 'NO_ROOM_FOR_TRANCHE'])
      : [...payRefusals(named, line), ...refusals([more > roomOf(named), 'ENVELOPE_EXCEEDED'])]),
  ];
  return either(codes, ({ tranches }: AnsweredCpo) => {
    if (named !== null) reserve(line, named, cents, by);
    else learnRoom(model, line, cents, by, tranches[rank]?.envelopeId ?? null);
  });
}

/** The gate: the report on the year before is accepted, and credits are open. */
export function confirming(model: MoneyModel, cpo: ModelCpo, rank: number, by: string): Expected {
  const line = model.cpoLines[rank] as ModelLine;
  const codes = [
    ...pending(cpo, line, rank),
    ...refusals(
      [!line.action.opened.has(line.year - 1), 'TRANCHE_NOT_OPEN'],
      [standing(line) !== 'reserved', 'TRANCHE_UNFUNDED'],
      [standing(line) === 'reserved' && line.proposer === by, 'FOUR_EYES'],
    ),
  ];
  return either(codes, () => {
    cpo.confirmed[rank] = true;
    become(line, { state: 'approved', granted: cpo.amounts[rank] ?? 0 });
  });
}

export function announcingTranche(model: MoneyModel, cpo: ModelCpo, rank: number): Expected {
  const line = model.cpoLines[rank] as ModelLine;
  // A refusal is told by the same act.
  return either(refusals([!UNDER_WAY.includes(cpo.state), 'ACT_NOT_ALLOWED'], [line.state !== 'approved', 'ACT_NOT_ALLOWED']), () => {
    line.state = 'announced';
  });
}

export function amendingCpo(model: MoneyModel, cpo: ModelCpo, rank: number, cents: number, by: string): Expected {
  const line = model.cpoLines[rank] as ModelLine;
  const reserved = standing(line) === 'reserved' && cents !== cpo.amounts[rank];
  const codes = [
    ...pending(cpo, line, rank),
    ...refusals(
      [cents === 0, 'WRONG_TRANCHES'],
      [cents > line.requested, 'TRANCHE_ABOVE_REQUEST'],
      [reserved && line.envelope !== null && cents - line.proposed > roomOf(line.envelope), 'ENVELOPE_EXCEEDED'],
    ),
  ];
  return either(codes, () => {
    cpo.amounts[rank] = cents;
    if (reserved && line.envelope) reserve(line, line.envelope, cents, by);
  });
}

/** `from`: what it agreed to for the years after that one does not begin. */
export function terminating(model: MoneyModel, cpo: ModelCpo, from: number): Expected {
  return either(refusals([!UNDER_WAY.includes(cpo.state), 'ACT_NOT_ALLOWED']), () => {
    cpo.state = 'terminated';
    for (const line of model.cpoLines) {
      if (['approved', 'announced'].includes(line.state) && line.year > from) cancel(line);
      else if (['undecided', 'reserved'].includes(standing(line))) cancel(line);
    }
  });
}

export function ending(model: MoneyModel, cpo: ModelCpo): Expected {
  const last = model.cpoLines.at(-1) as ModelLine;
  const over = ['closed', 'ended'].includes(standing(last)) || model.today > `${last.year}-12-31`;
  return either(refusals([cpo.state !== 'active', 'ACT_NOT_ALLOWED'], [!over, 'CPO_NOT_OVER']), () => ended(model, cpo));
}

function ended({ cpoLines }: MoneyModel, cpo: ModelCpo): void {
  cpo.state = 'ended';
  for (const line of cpoLines) if (['undecided', 'reserved'].includes(standing(line))) cancel(line);
}

/** What was told stays readable. */
function cancel(line: ModelLine): void {
  if (line.state === 'announced') become(line, { state: 'cancelled', envelope: null });
  else undecide(line, 'cancelled');
}

/** What the clock does to it, by itself. */
export function passing(model: MoneyModel, to: string): Expected {
  return () => {
    model.today = to;
    const { cpo } = model;
    if (cpo?.state === 'signed' && to >= '2027-01-01') cpo.state = 'active';
    else if (cpo?.state === 'active' && to > '2030-06-30') ended(model, cpo);
  };
}
