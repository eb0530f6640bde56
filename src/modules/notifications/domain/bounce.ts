import { RuleRefused, Unprocessable } from '../../../kernel/errors.js';
import type { DeliveryState } from './delivery.js';
import type { MailKind } from './mail-data.js';

/** `hard`: it will never pass; `soft`: the server stopped trying; `delay`: it still tries. */
export const SEVERITIES = ['hard', 'soft', 'delay'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** `smtp`: refused by the recipient's server on the spot; `report`: told later. */
export const BOUNCE_SOURCES = ['smtp', 'report'] as const;
export type BounceSource = (typeof BOUNCE_SOURCES)[number];

/** A mail that came back, as who runs the platform reads it. */
export interface Bounce {
  readonly id: string;
  readonly mailId: string;
  readonly source: BounceSource;
  readonly severity: Severity;
  readonly status: string | null;
  readonly diagnostic: string;
  readonly recordedAt: Date;
  readonly personId: string;
  readonly personName: string;
  readonly email: string;
  /** Several came back from the address that the person has now. */
  readonly addressFlagged: boolean;
  readonly kinds: readonly MailKind[];
  readonly state: DeliveryState;
}

/** What a report says of one recipient (RFC 3464). */
export interface RecipientReport {
  readonly action: string;
  /** `5.1.1`; null when it is missing or malformed. */
  readonly status: string | null;
  readonly diagnostic: string;
}

export interface Failure {
  readonly severity: Severity;
  readonly status: string | null;
  readonly diagnostic: string;
}

export class NotABounce extends Unprocessable {
  constructor() {
    super(
      'NOT_A_BOUNCE',
      'Ce message n’est pas un avis d’échec ou de retard de livraison (RFC 3464). Envoyez l’avis reçu tel quel, avec ses en-têtes et ses pièces.',
    );
  }
}

export class UnknownMail extends RuleRefused {
  constructor() {
    super(
      'UNKNOWN_MAIL',
      'Cet avis ne concerne aucun courriel envoyé d’ici : ni son adresse de retour ni les en-têtes qu’il cite n’en nomment un.',
    );
  }
}

/** The worst of what is said: our mails have one recipient, and what forwards them may add others. Null when nothing failed. */
export function failureIn(recipients: readonly RecipientReport[]): Failure | null {
  const failures = recipients.flatMap(({ action, status, diagnostic }) => {
    const severity = severityOf(action.toLowerCase(), status);
    return severity === null ? [] : [{ severity, status, diagnostic }];
  });
  return failures.sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))[0] ?? null;
}

function severityOf(action: string, status: string | null): Severity | null {
  if (action === 'delayed') return 'delay';
  if (action !== 'failed') return null;
  return status === null || status.startsWith('5') ? 'hard' : 'soft';
}
