import type { Day } from '../../../kernel/day.js';
import { cents, type Money } from '../../../kernel/money.js';
import type { ActKind } from './act-kind.js';

/** A line in an act, as it stood the day the act was prepared. */
export interface ActContentLine {
  readonly lineId: string;
  readonly dossierNumber: string;
  readonly actionTitle: string;
  readonly startsOn: Day;
  readonly endsOn: Day;
  readonly scheme: string | null;
  readonly year: number;
  readonly requestedCents: Money;
  /** What the act grants; zero when it refuses. */
  readonly amountCents: Money;
  /** Of an amendment: what it was. */
  readonly previousCents: Money | null;
  /** Of a refusal. */
  readonly reason: string | null;
}

export interface ActParty {
  readonly name: string;
  readonly siret: string;
  readonly rna: string | null;
  readonly legalForm: string;
  readonly address: string;
}

/** Everything that an act says, frozen when it is prepared: the document follows from it, and from who signed. */
export interface ActContent {
  readonly kind: ActKind;
  readonly templateVersion: number;
  readonly number: string;
  readonly preparedAt: Date;
  readonly year: number;
  readonly funder: { readonly code: string; readonly name: string; readonly departmentCode: string | null };
  readonly beneficiary: ActParty;
  readonly callTitle: string;
  readonly lines: readonly ActContentLine[];
  readonly amountCents: Money;
  readonly isBilateral: boolean;
  /** What this funder grants this beneficiary in the year, this act included. */
  readonly yearTotalCents: Money;
  readonly agreementAboveCents: Money;
  /** Announced by every public funder in the year; above the second figure its accounts are certified and published. */
  readonly publicMoneyCents: Money;
  readonly accountsAboveCents: Money;
  /** The act that it amends. */
  readonly amends: { readonly number: string; readonly kind: ActKind; readonly signedOn: Day } | null;
  readonly reason: string | null;
}

/** Who signed, when and how; what a document says of it. */
export interface ActSignature {
  readonly signatoryName: string;
  readonly signedOn: Day;
  readonly place: string | null;
  readonly beneficiarySignedOn: Day | null;
}

/** The content as it comes back from JSON, where amounts are strings of digits and instants text. */
export function contentFromJson(json: object): ActContent {
  const { preparedAt } = json as { preparedAt: string };
  return { ...(revived(json) as ActContent), preparedAt: new Date(preparedAt) };
}

function revived(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((each: unknown) => revived(each));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, revived(each, key)]));
  }
  return typeof value === 'string' && name.endsWith('Cents') ? cents(BigInt(value)) : value;
}
