/** What the model believes of an envelope and of a line. Amounts in cents, as plain numbers: those of the test are small. */
export interface ModelEnvelope {
  readonly id: string;
  ceiling: number;
  reserved: number;
  committed: number;
  delegated: number;
  paid: number;
}

export interface ModelLine {
  readonly id: string;
  readonly requested: number;
  state: string;
  proposed: number;
  proposer: string | null;
  granted: number;
  paid: number;
  envelope: ModelEnvelope | null;
}

/** An arithmetic of its own, kept naive on purpose: it owes nothing to the code it judges. */
export interface MoneyModel {
  readonly envelopes: readonly ModelEnvelope[];
  readonly lines: readonly ModelLine[];
}

/** States in which nothing is decided and nothing held. */
const UNDECIDED: ReadonlySet<string> = new Set(['requested', 'taken-up', 'instructed', 'on-agenda', 'adjourned', 'unfavourable']);

const roomOf = ({ ceiling, reserved, committed, delegated }: ModelEnvelope): number => ceiling - reserved - committed - delegated;

/** A change of the model, or the codes of which the refusal must be one. */
export type Expected = (() => void) | readonly string[];

function refusals(...rules: readonly (readonly [boolean, string])[]): readonly string[] {
  return rules.filter(([broken]) => broken).map(([, code]) => code);
}

const either = (codes: readonly string[], apply: () => void): Expected => (codes.length > 0 ? codes : apply);

function undecide(line: ModelLine, state: string): void {
  Object.assign(line, { state, proposed: 0, proposer: null, granted: 0, envelope: null });
}

function freed(line: ModelLine): void {
  if (!line.envelope) return;
  if (line.state === 'proposed') line.envelope.reserved -= line.proposed;
  else line.envelope.committed -= line.granted;
}

export function proposing(line: ModelLine, envelope: ModelEnvelope, amount: number, by: string): Expected {
  const held = line.state === 'proposed' && line.envelope === envelope ? line.proposed : 0;
  const codes = refusals(
    [!UNDECIDED.has(line.state) && line.state !== 'proposed', 'ACT_NOT_ALLOWED'],
    [amount === 0, 'AMOUNT_NOT_POSITIVE'],
    [amount > line.requested, 'AMOUNT_ABOVE_REQUEST'],
    [amount - held > roomOf(envelope), 'ENVELOPE_EXCEEDED'],
  );
  return either(codes, () => {
    freed(line);
    envelope.reserved += amount;
    Object.assign(line, { state: 'proposed', proposed: amount, proposer: by, envelope });
  });
}

export function approving(line: ModelLine, amount: number, by: string): Expected {
  const codes = refusals(
    [line.state !== 'proposed', 'ACT_NOT_ALLOWED'],
    [line.state === 'proposed' && by === line.proposer, 'FOUR_EYES'],
    [amount === 0, 'AMOUNT_NOT_POSITIVE'],
    [amount > line.requested, 'AMOUNT_ABOVE_REQUEST'],
    [line.envelope !== null && line.state === 'proposed' && amount - line.proposed > roomOf(line.envelope), 'ENVELOPE_EXCEEDED'],
  );
  return either(codes, () => {
    freed(line);
    if (line.envelope) line.envelope.committed += amount;
    Object.assign(line, { state: 'approved', granted: amount });
  });
}

export function refusing(line: ModelLine): Expected {
  const codes = refusals([!UNDECIDED.has(line.state) && line.state !== 'proposed', 'ACT_NOT_ALLOWED']);
  return either(codes, () => {
    const { proposed, proposer } = line;
    if (line.state === 'proposed') freed(line);
    undecide(line, 'refused');
    Object.assign(line, { proposed, proposer });
  });
}

export function releasing(line: ModelLine): Expected {
  const codes = refusals([!['proposed', 'approved', 'refused'].includes(line.state), 'ACT_NOT_ALLOWED']);
  return either(codes, () => {
    if (line.state !== 'refused') freed(line);
    undecide(line, 'instructed');
  });
}

export function announcing(lines: readonly ModelLine[]): Expected {
  return () => {
    for (const line of lines) {
      if (line.state === 'approved') line.state = 'announced';
      if (line.state === 'refused') line.state = 'refusal-announced';
    }
  };
}

export function adjusting(envelope: ModelEnvelope, cents: number): Expected {
  const used = envelope.ceiling - roomOf(envelope);
  const codes = refusals([cents === 0, 'MOVEMENT_NOT_POSITIVE'], [cents < 0 && envelope.ceiling + cents < used, 'ENVELOPE_BELOW_USE']);
  return either(codes, () => {
    envelope.ceiling += cents;
  });
}

export function paying(line: ModelLine, amount: number): Expected {
  const late = ['to-justify', 'report-submitted', 'to-amend', 'justified'].includes(line.state);
  const codes = refusals(
    [!late && !['notified', 'partly-paid'].includes(line.state), 'ACT_NOT_ALLOWED'],
    [amount === 0, 'AMOUNT_NOT_POSITIVE'],
    [amount > line.granted - line.paid, 'PAYMENT_ABOVE_GRANT'],
    [amount > line.requested, 'AMOUNT_ABOVE_REQUEST'],
  );
  return either(codes, () => {
    line.paid += amount;
    if (line.envelope) line.envelope.paid += amount;
    if (!late) line.state = line.paid === line.granted ? 'paid' : 'partly-paid';
  });
}

export function unpaying(line: ModelLine, amount: number): void {
  line.paid -= amount;
  if (line.envelope) line.envelope.paid -= amount;
  if (['partly-paid', 'paid'].includes(line.state)) line.state = line.paid === 0 ? 'notified' : 'partly-paid';
}

export function preparing(lines: readonly ModelLine[]): Expected {
  return () => {
    for (const line of lines) if (line.state === 'announced') line.state = 'act-generated';
  };
}

/** Of the document, then: none, or one that is elsewhere in its life. */
const NOT_NOW = ['NO_ACT', 'ACT_NOT_ALLOWED'];

const step =
  (from: string, to: string) =>
  (line: ModelLine): Expected =>
    line.state === from
      ? () => {
          line.state = to;
        }
      : NOT_NOW;

export const signing = step('act-generated', 'signed');
export const notifying = step('signed', 'notified');
export const voiding = step('act-generated', 'announced');

export function amending(line: ModelLine, amount: number): Expected {
  const codes = refusals(
    [!['notified', 'partly-paid', 'paid'].includes(line.state), 'NOT_AMENDABLE'],
    [!['notified', 'partly-paid', 'paid'].includes(line.state), 'NO_ACT'],
    [amount === line.granted, 'NOTHING_AMENDED'],
    [amount === 0, 'AMOUNT_NOT_POSITIVE'],
    [amount > line.requested, 'AMOUNT_ABOVE_REQUEST'],
    [amount < line.paid, 'AMENDMENT_BELOW_PAID'],
    [line.envelope !== null && amount - line.granted > roomOf(line.envelope), 'ENVELOPE_EXCEEDED'],
  );
  return either(codes, () => {
    if (line.envelope) line.envelope.committed += amount - line.granted;
    line.granted = amount;
    if (line.paid > 0) line.state = line.paid === amount ? 'paid' : 'partly-paid';
  });
}
