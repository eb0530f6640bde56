import type { Response } from 'supertest';
import type { Person } from '../../../builders/people.js';
import { QUALITATIVE, type ReportBody, type ReportRowBody } from '../../../builders/reporting.js';
import { closing, notCarryingOut, proposal, reviewing, submitting, writing, type Realised } from '../model/reports.js';
import type { ModelLine, ModelReport, MoneyModel } from '../model/money-model.js';
import type { MoneyWorld } from '../world.js';
import { act, applicantsOf, deciderOf, MoneyCommand, type Answer, type LinePick } from './command.js';

/** In percent of what was planned. */
export interface Shares {
  readonly charges: number;
  readonly products: number;
}

export const writeReport = (pick: LinePick, kind: ModelReport['kind'], shares: Shares) =>
  new MoneyCommand('write the report of', `${pick.words} (${kind}, ${shares.charges} %, ${shares.products} %)`, (model) => {
    const line = pick.of(model);
    if (!line) return null;
    const { editor } = applicantsOf(model, line.action);
    return { expected: writing(model, line, kind), send: (world) => write(world, editor, line, kind, shares) };
  });

async function write(world: MoneyWorld, by: Person, line: ModelLine, kind: string, shares: Shares): Promise<Answer> {
  const known = line.action.reports.get(line.year);
  const { http } = world.app;
  const begun: Response = known
    ? await http.get(`/v1/reports/${known.id}`).set(by.auth)
    : await http.post(`/v1/actions/${line.action.id}/reports`).set(by.auth).send({ year: line.year, kind });
  if (begun.status >= 300) return begun;
  const report = begun.body as ReportBody & { readonly indicators: readonly { readonly label: string }[] };
  const on = ['reports', report.id] as const;
  const { byQpv: _, ...beneficiaries } = QUALITATIVE.beneficiaries;
  const indicators = report.indicators.map(({ label }) => ({ label, realised: 38 }));
  const written = await act(world, by, on, '', { ...QUALITATIVE, beneficiaries, indicators }, 'patch');
  if (written.status >= 300) return written;
  const [charges, products] = [rowsAt('60', report.charges, shares.charges), rowsAt('70', report.products, shares.products)];
  const filled = await act(world, by, on, 'financial', { charges, products }, 'put');
  const realised: Realised = {
    planned: report.charges.filter(({ planned }) => planned).reduce((total, { plannedCents }) => total + plannedCents, 0),
    charges: sum(charges),
    products: sum(products),
  };
  return filled.status >= 300 ? filled : { status: 200, body: { id: report.id, realised } };
}

const sum = (rows: readonly { readonly realisedCents: number }[]) => rows.reduce((total, { realisedCents }) => total + realisedCents, 0);

/** An action without a budget has one row of 1 000, of the account `otherwise`. */
function rowsAt(otherwise: string, rows: readonly ReportRowBody[], percent: number) {
  const planned = rows.filter((row) => row.planned);
  const realised = (cents: number) => ({ realisedCents: Math.floor((cents * percent) / 100), explanation: 'Au hasard' });
  if (planned.length === 0) return [{ account: otherwise, ...realised(1_000) }];
  return planned.map(({ account, label, funderId, plannedCents }) => ({
    ...{ account, label, ...realised(plannedCents) },
    ...(funderId === null ? {} : { funderId }),
  }));
}

type Plan = (model: MoneyModel, line: ModelLine, report: ModelReport) => ReturnType<ConstructorParameters<typeof MoneyCommand>[2]>;

const onReport = (kind: string, pick: LinePick, plan: Plan) =>
  new MoneyCommand(kind, pick.words, (model) => {
    const line = pick.of(model);
    const report = line?.action.reports.get(line.year);
    return line && report ? plan(model, line, report) : null;
  });

export const submitReport = (pick: LinePick) =>
  onReport('submit the report of', pick, (model, line, report) => ({
    expected: submitting(model, line, report),
    send: (world) => act(world, applicantsOf(model, line.action).signatory, ['reports', report.id], 'submit', { exactness: true }),
  }));

/** What the answer proposes to ask back is what the model counts. */
export const review = (pick: LinePick, decision: 'accept' | 'ask-amendment') =>
  onReport(decision === 'accept' ? 'accept the report for' : 'ask to amend the report for', pick, (model, line, report) => {
    // Until it is submitted, its organisation alone knows of it.
    const expected = report.state === 'draft' ? { codes: ['NOT_FOUND'] } : reviewing(model, line, report, decision);
    const body = { fundingLineId: line.id, decision, reason: 'Au hasard' };
    return {
      expected:
        typeof expected === 'function'
          ? (answer: never) => {
              expected(answer);
              assertProposal(line, answer);
            }
          : expected,
      send: (world) => act(world, deciderOf(model, line.funder), ['reports', report.id], 'reviews', body),
    };
  });

function assertProposal({ id, settlement, paid }: ModelLine, { fundingLines }: ReportBody): void {
  const said = fundingLines.find((line) => line.id === id)?.proposal;
  if (settlement === null || !said) return;
  const { unspent, repayment } = proposal(settlement, paid);
  const [told, counted] = [
    [said.earnedCents, said.unspentCents, said.repaymentCents],
    [settlement.earned, unspent, repayment],
  ];
  if (told.join() !== counted.join())
    throw new Error(`earned, unspent, to repay: proposes ${told.join(', ')}, the model ${counted.join(', ')}`);
}

/** By the organisation, or by the funder. */
export const notCarriedOut = (pick: LinePick, byOrganisation: boolean) =>
  new MoneyCommand('declare not carried out', `${pick.words} by the ${byOrganisation ? 'organisation' : 'funder'}`, (model) => {
    const line = pick.of(model);
    if (!line) return null;
    const by = byOrganisation ? applicantsOf(model, line.action).signatory : deciderOf(model, line.funder);
    return {
      expected: notCarryingOut(line),
      send: (world) => act(world, by, ['funding_lines', line.id], 'declare-not-carried-out', { reason: 'Au hasard' }),
    };
  });

export const closeLine = (pick: LinePick) =>
  new MoneyCommand('close', pick.words, (model) => {
    const line = pick.of(model);
    if (!line) return null;
    return { expected: closing(line), send: (world) => act(world, deciderOf(model, line.funder), ['funding_lines', line.id], 'close') };
  });
