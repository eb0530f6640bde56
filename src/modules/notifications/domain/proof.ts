import type { Severity } from './bounce.js';
import type { DeliveryState } from './delivery.js';
import type { MailKind } from './mail-data.js';

/** What shows that someone was written to about a dossier. */
export interface Proof {
  readonly id: string;
  readonly kind: MailKind;
  /** Null until it is written, and once it is blanked. */
  readonly subject: string | null;
  readonly personId: string;
  readonly personName: string;
  readonly email: string;
  readonly state: DeliveryState;
  readonly toldAt: Date;
  readonly sentAt: Date | null;
  /** When the person marked it read in their inbox. */
  readonly readAt: Date | null;
  /** When its words were forgotten: what follows stays. */
  readonly blankedAt: Date | null;
  /** The mail that it left in; null as long as it waits. */
  readonly mailId: string | null;
  /** Of the last answer. SMTP; null when none was given. */
  readonly replyCode: number | null;
  /** Answers, all told. */
  readonly tries: number;
  readonly bounce: { readonly severity: Severity; readonly status: string | null } | null;
}

/** `2`: taken in charge; `4`: not now; `5`: refused. */
export type ReplyClass = '2' | '4' | '5';

export function replyClass(code: number | null): ReplyClass | null {
  const first = code === null ? null : String(code).charAt(0);
  return first === '2' || first === '4' || first === '5' ? first : null;
}
