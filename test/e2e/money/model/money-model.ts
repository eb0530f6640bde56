import type { Person } from '../../../builders/people.js';

/**
 * What the model believes. Amounts in cents, as plain numbers: those of the test are small. An arithmetic of its own, kept naive on purpose: it
 * owes nothing to the code it judges.
 */
export type FunderCode = 'P147-94' | 'CD94';

export interface ModelEnvelope {
  readonly id: string;
  readonly funder: FunderCode;
  readonly year: number;
  readonly parent: ModelEnvelope | null;
  /** Of a sub-envelope, which pays only what takes place there. */
  readonly sector: string | null;
  ceiling: number;
  reserved: number;
  committed: number;
  delegated: number;
  paid: number;
}

export interface ModelReport {
  readonly id: string;
  readonly kind: 'interim' | 'final';
  state: 'draft' | 'submitted' | 'to-amend' | 'accepted';
  planned: number;
  charges: number;
  products: number;
}

export interface ModelAction {
  readonly id: string;
  readonly sectors: ReadonlySet<string>;
  readonly inPocket: boolean;
  readonly multiYear: boolean;
  /** By year. */
  readonly reports: Map<number, ModelReport>;
  /** Years whose interim report every funder accepted. */
  readonly opened: Set<number>;
}

export interface ModelPayment {
  readonly id: string;
  readonly cents: number;
  reversed: boolean;
}

export interface ModelRepayment {
  readonly id: string;
  readonly asked: number;
  received: number;
  state: 'asked' | 'received' | 'written-off';
}

/** What an accepted report leaves of a grant. */
export interface Settlement {
  readonly isFinal: boolean;
  readonly earned: number;
  readonly overFinancing: number;
}

export interface ModelLine {
  readonly id: string;
  readonly action: ModelAction;
  readonly funder: FunderCode;
  readonly year: number;
  readonly requested: number;
  state: string;
  proposed: number;
  proposer: string | null;
  granted: number;
  paid: number;
  envelope: ModelEnvelope | null;
  /** Decided on by its CPO alone. */
  held: boolean;
  /** The document that grants it: one of its own, or that of its CPO. */
  act: 'none' | 'own' | 'cpo';
  /** The session that has not decided on it yet. */
  session: ModelSession | null;
  readonly payments: ModelPayment[];
  settlement: Settlement | null;
  repayment: ModelRepayment | null;
}

export interface Planned {
  readonly cents: number;
  readonly envelope: ModelEnvelope | null;
}

export interface ModelSession {
  readonly id: string;
  readonly lines: readonly ModelLine[];
  readonly planned: Map<ModelLine, Planned>;
  readonly decided: Map<ModelLine, 'adjourned' | 'unfavourable'>;
  scenarioId: string | null;
  state: 'draft' | 'held' | 'applied';
  adopted: boolean;
}

export interface ModelCpo {
  readonly id: string;
  readonly amounts: number[];
  readonly confirmed: boolean[];
  onPaper: boolean;
  state: 'negotiation' | 'signed' | 'active' | 'ended' | 'terminated' | 'abandoned';
}

/** Who acts. */
export interface Hands {
  /** All propose programme 147; the two prefectures approve it. */
  readonly staff: readonly [delegate: Person, prefecture: Person, otherPrefecture: Person];
  readonly partner: Person;
  readonly coordinator: Person;
  readonly applicants: ReadonlyMap<ModelAction, { readonly editor: Person; readonly signatory: Person }>;
}

export interface MoneyModel {
  readonly hands: Hands;
  readonly envelopes: ModelEnvelope[];
  readonly lines: readonly ModelLine[];
  readonly sessions: ModelSession[];
  /** One a year of the multi-year action, among `lines`. */
  readonly cpoLines: readonly ModelLine[];
  cpo: ModelCpo | null;
  /** What the département has of programme 147, of which pockets get 2.5 %. */
  pocketBase: number;
  /** In Paris. */
  today: string;
}

/** States in which nothing is decided and nothing held. */
export const UNDECIDED: ReadonlySet<string> = new Set(['requested', 'instructed', 'on-agenda', 'adjourned', 'unfavourable']);
/** Told, and their act on its way or done: granted until the end. */
const GRANTED: ReadonlySet<string> = new Set([
  ...['approved', 'announced', 'act-generated', 'signed', 'notified', 'partly-paid', 'paid', 'to-justify', 'report-submitted', 'to-amend'],
  ...['justified', 'not-carried-out', 'repayment-due'],
]);

/** What the line is to its CPO. */
export function standing({ state }: ModelLine): 'undecided' | 'reserved' | 'granted' | 'closed' | 'ended' {
  if (UNDECIDED.has(state)) return 'undecided';
  if (state === 'proposed') return 'reserved';
  if (GRANTED.has(state)) return 'granted';
  return state === 'closed' ? 'closed' : 'ended';
}

export const reservedOf = (line: ModelLine): number => (line.envelope !== null && line.state === 'proposed' ? line.proposed : 0);

export function committedOf(line: ModelLine): number {
  if (line.envelope === null) return 0;
  if (line.state === 'closed') return line.paid;
  return GRANTED.has(line.state) ? line.granted : 0;
}

export const roomOf = ({ ceiling, reserved, committed, delegated }: ModelEnvelope): number => ceiling - reserved - committed - delegated;

/** A refusal with the things refused, when the answer names each. */
export interface Refused {
  readonly codes: readonly string[];
  /** `/lines/<id>` and `/envelopes/<id>`. */
  readonly pointers?: readonly string[];
}

/** A change of the model by what was answered, or the codes of which the refusal must be one. */
export type Expected = ((answer: never) => void) | Refused;

export function refusals(...rules: readonly (readonly [boolean, string])[]): readonly string[] {
  return rules.filter(([broken]) => broken).map(([, code]) => code);
}

export const either = <Answer>(codes: readonly string[], apply: (answer: Answer) => void): Expected =>
  codes.length > 0 ? { codes } : apply;

/** The same funder and year; a sub-envelope, besides, a place of the action. */
export function payRefusals(envelope: ModelEnvelope, line: ModelLine): readonly string[] {
  return refusals(
    [envelope.funder !== line.funder || envelope.year !== line.year, 'WRONG_ENVELOPE'],
    [envelope.sector !== null && !line.action.sectors.has(envelope.sector), 'OUTSIDE_SUB_ENVELOPE'],
  );
}

/** What the lines of pockets hold. */
export function pocketUse({ lines }: MoneyModel): number {
  const pockets = lines.filter(({ action, funder }) => action.inPocket && funder === 'P147-94');
  return pockets.reduce((total, line) => total + reservedOf(line) + committedOf(line), 0);
}

/** Whether `more` besides passes 2.5 % of the base; what gives back never does. */
export function passesPocketLimit(model: MoneyModel, more: number): boolean {
  return more > 0 && (pocketUse(model) + more) * 1_000 > model.pocketBase * 25;
}

export const pocketRefusals = (model: MoneyModel, line: ModelLine, more: number): readonly string[] =>
  refusals([line.action.inPocket && line.funder === 'P147-94' && passesPocketLimit(model, more), 'POCKET_LIMIT_EXCEEDED']);

/** Gives back what a line holds of its envelope. */
export function free(line: ModelLine): void {
  if (line.envelope === null) return;
  line.envelope.reserved -= reservedOf(line);
  line.envelope.committed -= committedOf(line);
}

export function reserve(line: ModelLine, envelope: ModelEnvelope, cents: number, by: string): void {
  free(line);
  envelope.reserved += cents;
  Object.assign(line, { state: 'proposed', proposed: cents, proposer: by, envelope });
}

/** The line in another state, its envelope with it: what it held before, it holds as that state does. */
export function become(
  line: ModelLine,
  change: Partial<Pick<ModelLine, 'state' | 'granted' | 'proposed' | 'proposer' | 'envelope'>>,
): void {
  free(line);
  Object.assign(line, change);
  if (line.envelope === null) return;
  line.envelope.reserved += reservedOf(line);
  line.envelope.committed += committedOf(line);
}

/** Nothing decided and nothing held. */
export function undecide(line: ModelLine, state: string): void {
  become(line, { state, proposed: 0, proposer: null, granted: 0, envelope: null });
}
