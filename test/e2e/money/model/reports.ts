import {
  become,
  either,
  refusals,
  type Expected,
  type ModelLine,
  type ModelReport,
  type MoneyModel,
  type Settlement,
} from './money-model.js';

/** Told, and not given up. */
const REPORTED = [
  ...['announced', 'act-generated', 'signed', 'notified', 'partly-paid', 'paid', 'to-justify', 'report-submitted', 'to-amend'],
  ...['justified', 'repayment-due', 'closed', 'not-carried-out'],
];
const OWING = ['notified', 'partly-paid', 'paid', 'to-justify', 'to-amend'];
const WAITING = ['report-submitted', 'to-amend'];

/** The lines of one action and year. */
const siblings = ({ lines }: MoneyModel, { action, year }: ModelLine) =>
  lines.filter((line) => line.action === action && line.year === year && REPORTED.includes(line.state));

/** What the report says was planned and realised, in all. */
export type Realised = Pick<ModelReport, 'planned' | 'charges' | 'products'>;

/** Starts the report of an action and year, or writes it again. */
export function writing(model: MoneyModel, line: ModelLine, kind: ModelReport['kind']): Expected {
  const report = line.action.reports.get(line.year);
  if (report) {
    return either(refusals([!['draft', 'to-amend'].includes(report.state), 'ACT_NOT_ALLOWED']), ({ realised }: { realised: Realised }) => {
      Object.assign(report, realised);
    });
  }
  const codes = refusals(
    [siblings(model, line).length === 0, 'NOTHING_TO_REPORT'],
    [kind === 'interim' && !line.action.multiYear, 'NOT_AN_INTERIM_YEAR'],
  );
  return either(codes, ({ id, realised }: { id: string; realised: Realised }) => {
    line.action.reports.set(line.year, { id, kind, state: 'draft', ...realised });
  });
}

export function submitting(model: MoneyModel, line: ModelLine, report: ModelReport): Expected {
  const owing = siblings(model, line).filter(({ state }) => OWING.includes(state));
  const codes = refusals(
    [!['draft', 'to-amend'].includes(report.state), 'ACT_NOT_ALLOWED'],
    [owing.length === 0 && !siblings(model, line).some(({ state }) => state === 'report-submitted'), 'NOTHING_TO_JUSTIFY'],
  );
  return either(codes, () => {
    report.state = 'submitted';
    for (const each of owing) each.state = 'report-submitted';
  });
}

/** One funder's review. It accepts, or sends the report back; the last one opens the next year of a CPO. */
export function reviewing(model: MoneyModel, line: ModelLine, report: ModelReport, decision: 'accept' | 'ask-amendment'): Expected {
  const judged = line.state === 'report-submitted' || (OWING.includes(line.state) && line.state !== 'to-amend');
  const codes = refusals(
    [!siblings(model, line).includes(line), 'NOT_A_LINE_OF_REPORT'],
    [!judged, 'ACT_NOT_ALLOWED'],
    [report.state === 'to-amend' && decision === 'accept', 'ACT_NOT_ALLOWED'],
  );
  return either(codes, () => {
    line.state = decision === 'accept' ? 'justified' : 'to-amend';
    if (decision === 'ask-amendment') {
      report.state = 'to-amend';
      return;
    }
    line.settlement = settling(line, report);
    if (!siblings(model, line).some((other) => other !== line && WAITING.includes(other.state))) report.state = 'accepted';
    if (report.kind === 'interim' && report.state === 'accepted') line.action.opened.add(line.year);
  });
}

/** What the beneficiary keeps is rounded up to the cent, what it earned too much is rounded down. */
function settling({ granted }: ModelLine, { kind, planned, charges, products }: ModelReport): Settlement {
  const earned = planned === 0 ? charges : Math.ceil((granted * charges) / planned);
  const surplus = Math.max(products - charges, 0);
  return {
    isFinal: kind === 'final',
    earned: Math.min(earned, granted),
    overFinancing: products === 0 ? 0 : Math.floor((surplus * granted) / products),
  };
}

/** What is proposed to be asked back, now. */
export function proposal({ earned, overFinancing }: Settlement, paid: number): { unspent: number; repayment: number } {
  const unspent = Math.max(paid - earned, 0);
  return { unspent, repayment: Math.min(Math.max(unspent, overFinancing), paid) };
}

export function notCarryingOut(line: ModelLine): Expected {
  const from = ['announced', 'notified', 'partly-paid', 'paid', 'to-justify', 'to-amend'];
  return either(refusals([!from.includes(line.state), 'ACT_NOT_ALLOWED']), () => {
    line.state = 'not-carried-out';
  });
}

/** What was granted and not paid goes back. */
export function closing(line: ModelLine): Expected {
  const { settlement, paid } = line;
  const due = line.state === 'not-carried-out' ? paid : settlement?.isFinal === true ? proposal(settlement, paid).repayment : 0;
  const codes = refusals([!['justified', 'not-carried-out'].includes(line.state), 'ACT_NOT_ALLOWED'], [due > 0, 'REPAYMENT_STILL_DUE']);
  return either(codes, () => become(line, { state: 'closed' }));
}
