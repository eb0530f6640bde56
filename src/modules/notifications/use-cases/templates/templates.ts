import {
  accountConfirmation,
  invitation,
  membershipEnded,
  membershipGranted,
  membershipRefused,
  membershipRequested,
  passwordReset,
} from './account.messages.js';
import { actNotified } from './act.message.js';
import { committeeConvened, minutesAvailable } from './committee.messages.js';
import type { MailData, MailKind } from '../../domain/mail-data.js';
import {
  admissible,
  attestationRequested,
  closingReminder,
  complementAnswered,
  complementAsked,
  dossierWithdrawn,
  inadmissible,
  receipt,
} from './dossier.messages.js';
import { layOut, type RenderedMail } from './layout.js';
import type { Message } from './message.js';
import { results } from './results.message.js';

export type { MailData, MailKind } from '../../domain/mail-data.js';
export type { RenderedMail } from './layout.js';

/** Every message that Bièvre sends, and who words it. */
const CATALOGUE: { readonly [Kind in MailKind]: (data: MailData[Kind]) => Message } = {
  'account-confirmation': accountConfirmation,
  'password-reset': passwordReset,
  invitation,
  'membership-requested': membershipRequested,
  'membership-granted': membershipGranted,
  'membership-refused': membershipRefused,
  'membership-ended': membershipEnded,
  'attestation-requested': attestationRequested,
  receipt,
  'complement-asked': complementAsked,
  'complement-answered': complementAnswered,
  admissible,
  inadmissible,
  results,
  'closing-reminder': closingReminder,
  'dossier-withdrawn': dossierWithdrawn,
  'committee-convened': committeeConvened,
  'minutes-available': minutesAvailable,
  'act-notified': actNotified,
};

export const MAIL_KINDS = Object.keys(CATALOGUE) as readonly MailKind[];

export function render<Kind extends MailKind>(kind: Kind, data: MailData[Kind]): RenderedMail {
  return layOut(CATALOGUE[kind](data));
}
