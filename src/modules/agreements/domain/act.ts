import { plusDays, type Day } from '../../../kernel/day.js';
import type { Money } from '../../../kernel/money.js';
import type { ActKind } from './act-kind.js';
import {
  BeneficiaryDoesNotSign,
  BeneficiarySignatureMissing,
  DayInFuture,
  NotifiedBeforeSigned,
  SignedBeforePrepared,
} from './act.errors.js';
import { nextActState, type ActState } from './act.transitions.js';

/** Days in which what is notified is paid, unless the act says otherwise (loi n° 2000-321, art. 10, as completed by loi n° 2021-875). */
const PAYMENT_DAYS = 60;

/** How the funder signed: here, by one of its people who may; or on paper, of which one of them sends the copy. */
export const SIGNATURE_METHODS = ['platform', 'scan'] as const;
export type SignatureMethod = (typeof SIGNATURE_METHODS)[number];

/** What a funder grants, amends or refuses to one organisation for one year, on paper. Its content is frozen the day it is prepared. */
export interface Act {
  readonly id: string;
  /** `2027-P147-94-0001`; a letter of refusal, which is no act of the series, has `REFUS-2027-000001`. */
  readonly number: string;
  readonly kind: ActKind;
  readonly state: ActState;
  readonly version: number;
  readonly funderId: string;
  readonly organisationId: string;
  readonly callId: string;
  readonly year: number;
  /** The act that it amends; null when it amends none. */
  readonly amendsId: string | null;
  /** What it grants in all; of an amendment, what its lines become; zero for a refusal. */
  readonly amountCents: Money;
  readonly isBilateral: boolean;
  readonly preparedOn: Day;
  readonly signedOn: Day | null;
  readonly signedAt: Date | null;
  readonly signedBy: string | null;
  readonly signatoryName: string | null;
  readonly signatureMethod: SignatureMethod | null;
  readonly signaturePlace: string | null;
  /** The signed copy, and its SHA-256; null when it was signed here. */
  readonly signedFileId: string | null;
  readonly signedSha256: string | null;
  readonly beneficiarySignedOn: Day | null;
  readonly notifiedOn: Day | null;
  readonly notifiedAt: Date | null;
  readonly voidedAt: Date | null;
  readonly voidReason: string | null;
}

export interface Signing {
  readonly signedOn: Day;
  readonly method: SignatureMethod;
  readonly place: string | null;
  readonly beneficiarySignedOn: Day | null;
  readonly copy: { readonly id: string; readonly sha256: string } | null;
  readonly signerId: string;
  readonly signatoryName: string;
  readonly at: Date;
  readonly today: Day;
}

/** @throws ActNotAllowed, DayInFuture, SignedBeforePrepared, BeneficiaryDoesNotSign */
export function sign(act: Act, { signedOn, method, place, beneficiarySignedOn, copy, signerId, signatoryName, at, today }: Signing): Act {
  const state = nextActState(act.state, 'sign');
  if (signedOn > today) throw new DayInFuture('signedOn');
  if (signedOn < act.preparedOn) throw new SignedBeforePrepared(act.preparedOn);
  return {
    ...act,
    ...{
      state,
      version: act.version + 1,
      signedOn,
      signedAt: at,
      signedBy: signerId,
      signatoryName,
      signatureMethod: method,
      signaturePlace: place,
      signedFileId: copy?.id ?? null,
      signedSha256: copy?.sha256 ?? null,
    },
    beneficiarySignedOn: beneficiarySignatureOf(act, beneficiarySignedOn, today),
  };
}

export interface Notifying {
  /** The day the signed act reached the beneficiary. */
  readonly notifiedOn: Day;
  /** When it was not told with the funder's signature. */
  readonly beneficiarySignedOn: Day | null;
  readonly at: Date;
  readonly today: Day;
}

/** @throws ActNotAllowed, DayInFuture, NotifiedBeforeSigned, BeneficiaryDoesNotSign, BeneficiarySignatureMissing */
export function notify(act: Act, { notifiedOn, beneficiarySignedOn, at, today }: Notifying): Act {
  const state = nextActState(act.state, 'notify');
  if (notifiedOn > today) throw new DayInFuture('notifiedOn');
  if (act.signedOn !== null && notifiedOn < act.signedOn) throw new NotifiedBeforeSigned(act.signedOn);
  const signedByBoth = beneficiarySignatureOf(act, beneficiarySignedOn, today);
  if (act.isBilateral && signedByBoth === null) throw new BeneficiarySignatureMissing(act.number);
  return { ...act, state, version: act.version + 1, beneficiarySignedOn: signedByBoth, notifiedOn, notifiedAt: at };
}

/** Before its signature only. Its number stays used. @throws ActNotAllowed */
export function makeVoid(act: Act, reason: string, at: Date): Act {
  return { ...act, state: nextActState(act.state, 'void'), version: act.version + 1, voidedAt: at, voidReason: reason };
}

/** The last day of the payment; null until the notification starts its clock, and for what pays nothing. */
export function paymentDueOn({ kind, notifiedOn }: Pick<Act, 'kind' | 'notifiedOn'>): Day | null {
  return notifiedOn === null || kind === 'refusal-letter' || kind === 'amendment' ? null : plusDays(notifiedOn, PAYMENT_DAYS);
}

function beneficiarySignatureOf(act: Act, signedOn: Day | null, today: Day): Day | null {
  if (signedOn === null) return act.beneficiarySignedOn;
  if (!act.isBilateral) throw new BeneficiaryDoesNotSign();
  if (signedOn > today) throw new DayInFuture('beneficiarySignedOn');
  return signedOn;
}
