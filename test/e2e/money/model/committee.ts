import {
  either,
  passesPocketLimit,
  payRefusals,
  refusals,
  reserve,
  reservedOf,
  roomOf,
  UNDECIDED,
  undecide,
  type Expected,
  type ModelEnvelope,
  type ModelLine,
  type ModelSession,
  type MoneyModel,
  type Planned,
} from './money-model.js';

/** Opens a session on these lines, all or none. */
export function gathering(model: MoneyModel, lines: readonly ModelLine[]): Expected {
  const refused = lines.filter((line) => line.session !== null || line.state === 'requested' || !UNDECIDED.has(line.state));
  if (refused.length > 0) return { codes: ['LINES_REFUSED'], pointers: refused.map((line) => `/lineIds/${lines.indexOf(line)}`) };
  return ({ id }: { id: string }) => {
    const session: ModelSession = { id, lines, planned: new Map(), decided: new Map(), scenarioId: null, state: 'draft', adopted: false };
    model.sessions.push(session);
    for (const line of lines) Object.assign(line, { state: 'on-agenda', session });
  };
}

export function holding(session: ModelSession): Expected {
  return ({ id }: { id: string }) => {
    Object.assign(session, { state: 'held', scenarioId: id });
  };
}

/** A scenario may plan too much: only its application refuses. */
export function planning(session: ModelSession, amounts: ReadonlyMap<ModelLine, Planned>): Expected {
  return either(refusals([session.adopted, 'SCENARIO_ALREADY_ADOPTED'], [session.state === 'applied', 'ACT_NOT_ALLOWED']), () => {
    for (const [line, planned] of amounts) session.planned.set(line, planned);
  });
}

export function adopting(session: ModelSession): Expected {
  return either(refusals([session.adopted, 'SCENARIO_ALREADY_ADOPTED'], [session.state !== 'held', 'ACT_NOT_ALLOWED']), () => {
    session.adopted = true;
  });
}

export function deciding(session: ModelSession, line: ModelLine, decision: 'adjourned' | 'unfavourable'): Expected {
  return either(refusals([session.state !== 'held', 'ACT_NOT_ALLOWED']), () => {
    session.decided.set(line, decision);
  });
}

/** Why a line can't be carried out, whatever its envelope has. */
function lineRefusals(session: ModelSession, line: ModelLine): readonly string[] {
  const open = UNDECIDED.has(line.state) || line.state === 'proposed';
  const decided = session.decided.get(line);
  const planned = session.adopted ? session.planned.get(line) : undefined;
  if (decided === 'adjourned')
    return refusals([!['on-agenda', 'proposed'].includes(line.state), 'ACT_NOT_ALLOWED'], [line.held, 'HELD_BY_CPO']);
  if (decided === 'unfavourable') return refusals([!open, 'ACT_NOT_ALLOWED'], [line.held, 'HELD_BY_CPO']);
  if (planned === undefined || planned.cents === 0) return ['DECISION_MISSING'];
  const above = refusals([planned.cents > line.requested, 'AMOUNT_ABOVE_REQUEST']);
  const wrong = planned.envelope === null ? [] : payRefusals(planned.envelope, line);
  if (line.funder !== 'P147-94') return [...above, ...wrong, ...refusals([line.state !== 'on-agenda', 'ACT_NOT_ALLOWED'])];
  return [
    ...refusals([planned.envelope === null, 'ENVELOPE_MISSING'], [line.held, 'HELD_BY_CPO'], [!open, 'ACT_NOT_ALLOWED']),
    ...above,
    ...wrong,
  ];
}

/** What carrying a line out adds to an envelope, and takes from it. */
function weightOn(envelope: ModelEnvelope, session: ModelSession, line: ModelLine): number {
  const held = line.envelope === envelope ? reservedOf(line) : 0;
  if (session.decided.has(line)) return -held;
  const planned = session.planned.get(line);
  const asked = planned?.envelope === envelope && line.funder === 'P147-94' ? planned.cents : 0;
  return asked - held;
}

/** All that the session decided, in one go or not at all: every line and envelope that refuses is named. */
export function applying(model: MoneyModel, session: ModelSession, by: string): Expected {
  if (session.state !== 'held') return { codes: ['ACT_NOT_ALLOWED'] };
  const { lines } = session;
  const why = new Map(lines.map((line) => [line, lineRefusals(session, line)]));
  // A line planned on the part of another sector weighs on it all the same: both are told.
  const carried = lines.filter((line) => why.get(line)?.every((code) => code === 'OUTSIDE_SUB_ENVELOPE'));
  const full = model.envelopes.filter((envelope) => {
    const weights = carried.map((line) => weightOn(envelope, session, line));
    return weights.some((weight) => weight > 0) && weights.reduce((total, weight) => total + weight, 0) > roomOf(envelope);
  });
  const refused = lines.filter((line) => (why.get(line) ?? []).length > 0);
  if (refused.length + full.length > 0) {
    const pointers = [...refused.map(({ id }) => `/lines/${id}`), ...full.map(({ id }) => `/envelopes/${id}`)];
    return { codes: ['LINES_REFUSED'], pointers };
  }
  const more = lines
    .filter(({ action, funder }) => action.inPocket && funder === 'P147-94')
    .reduce((total, line) => total + model.envelopes.reduce((sum, envelope) => sum + weightOn(envelope, session, line), 0), 0);
  return either(refusals([passesPocketLimit(model, more), 'POCKET_LIMIT_EXCEEDED']), () => {
    for (const line of lines) carryOut(session, line, by);
    session.state = 'applied';
  });
}

function carryOut(session: ModelSession, line: ModelLine, by: string): void {
  const decided = session.decided.get(line);
  const planned = session.planned.get(line);
  if (decided !== undefined) undecide(line, decided);
  else if (planned?.envelope && line.funder === 'P147-94') reserve(line, planned.envelope, planned.cents, by);
  else line.state = 'instructed';
  line.session = null;
}
