import type { MailKind } from './mail-data.js';

export const TOPICS = [
  ...(['account', 'organisation', 'call', 'dossier', 'instruction', 'committee', 'results'] as const),
  ...(['act', 'payment', 'report', 'cpo', 'envelope'] as const),
] as const;
export type Topic = (typeof TOPICS)[number];

/**
 * What a person may decide about a kind of message. A legal one reaches them whatever they prefer: a right or a time limit hangs on it; the
 * sentence says which. A timely one may be refused and not put off: in a digest it would come too late. Of an ordinary one they decide.
 */
export type Weight = { readonly legal: string } | 'timely' | 'ordinary';

export interface Kind {
  readonly topic: Topic;
  /** What it is called in preferences and digests, in French. */
  readonly label: string;
  readonly weight: Weight;
  /** False for what opens an account or recovers it: it carries a code, and its reader is not signed in. */
  readonly inbox: boolean;
  /**
   * Several to one person within a short while are one mail: an act done on fifty dossiers is told once. Legal ones wait for each other some
   * seconds, a minute at most, and are said in full.
   */
  readonly grouped: boolean;
}

const OPENS_ACCOUNT = 'il ouvre ou rétablit l’accès à votre compte';
const TIME_LIMIT = 'un délai court à partir de ce message';
const DECISION = 'il vous apprend une décision sur votre demande, qui ouvre des voies de recours';
const OVERDUE = 'un bilan qui n’est pas remis à temps interdit une nouvelle demande';
const CLOSING = 'votre compte sera fermé et vos données effacées si vous ne revenez pas';
const SILENCE = 'le délai au bout duquel le silence vaut rejet court de nouveau';
const REPAYMENT = 'il vous demande de reverser de l’argent public';

const account = (label: string): Kind => ({ topic: 'account', label, weight: { legal: OPENS_ACCOUNT }, inbox: false, grouped: false });
const legal = (topic: Topic, label: string, why: string): Kind => ({ topic, label, weight: { legal: why }, inbox: true, grouped: false });
const ordinary = (topic: Topic, label: string): Kind => ({ topic, label, weight: 'ordinary', inbox: true, grouped: false });
const timely = (topic: Topic, label: string): Kind => ({ ...ordinary(topic, label), weight: 'timely' });
/** What an act done on many files at once tells the same person many times. */
const grouped = (kind: Kind): Kind => ({ ...kind, grouped: true });

/** Every kind of message: complete by its type, so that none is ever sent without having been thought about. */
export const KINDS: Readonly<Record<MailKind, Kind>> = {
  'account-confirmation': account('Confirmation de votre adresse'),
  'password-reset': account('Nouveau mot de passe'),
  invitation: account('Invitation'),

  'account-closing': legal('account', 'Fermeture d’un compte inactif', CLOSING),
  'webhook-stopped': timely('account', 'Point de réception arrêté'),

  'membership-requested': grouped(ordinary('organisation', 'Demande de rattachement à une organisation')),
  'membership-granted': ordinary('organisation', 'Rattachement accepté'),
  'membership-refused': ordinary('organisation', 'Rattachement refusé'),
  'document-expiring': ordinary('organisation', 'Documents à renouveler'),
  'membership-ended': ordinary('organisation', 'Fin d’un rattachement'),

  'attestation-requested': timely('dossier', 'Dossier à attester'),
  'closing-reminder': timely('dossier', 'Rappel avant la clôture d’un appel'),
  receipt: legal('dossier', 'Récépissé de dépôt', TIME_LIMIT),
  'complement-asked': grouped(legal('dossier', 'Demande de complément', TIME_LIMIT)),
  'complement-lapsed': grouped(legal('dossier', 'Complément non reçu à temps', SILENCE)),
  admissible: grouped(legal('dossier', 'Dossier recevable', DECISION)),
  inadmissible: grouped(legal('dossier', 'Dossier irrecevable', DECISION)),

  'dossiers-filed': grouped(ordinary('instruction', 'Dossiers déposés')),
  'complement-answered': grouped(ordinary('instruction', 'Complément reçu')),
  'decisions-due': ordinary('instruction', 'Dossiers à décider avant que le silence vaille rejet'),
  'complement-unanswered': grouped(ordinary('instruction', 'Complément non reçu')),
  'dossier-withdrawn': grouped(ordinary('instruction', 'Dossier retiré')),
  'dossier-message': grouped(ordinary('dossier', 'Message dans un dossier')),

  'implicit-rejection': grouped(legal('results', 'Silence valant rejet', DECISION)),
  results: legal('results', 'Résultats d’un appel', DECISION),
  'act-notified': grouped(legal('act', 'Notification d’un acte', TIME_LIMIT)),
  'tranche-notified': grouped(legal('act', 'Notification d’une année de convention', TIME_LIMIT)),
  'acts-to-sign': timely('act', 'Actes à signer'),

  'payment-announced': grouped(ordinary('payment', 'Versement demandé')),
  'payments-due': timely('payment', 'Subventions à payer'),
  'payment-cancelled': grouped(ordinary('payment', 'Demande de versement annulée')),
  'payments-made': ordinary('payment', 'Versements effectués'),
  'payments-reversed': ordinary('payment', 'Versements annulés'),

  'reports-due': legal('report', 'Bilans à remettre', OVERDUE),
  'report-submitted': grouped(ordinary('report', 'Bilan remis')),
  'report-to-amend': legal('report', 'Bilan à corriger', OVERDUE),
  'report-accepted': ordinary('report', 'Bilan accepté'),
  'repayment-asked': legal('report', 'Reversement demandé', REPAYMENT),

  'tranche-to-confirm': grouped(timely('cpo', 'Année de convention à confirmer')),
  'tranche-to-announce': grouped(timely('cpo', 'Année de convention à annoncer')),
  'cpo-renewal': ordinary('cpo', 'Convention à reconduire'),

  'opinions-asked': grouped(ordinary('instruction', 'Avis attendus')),
  'opinions-given': grouped(ordinary('instruction', 'Avis donnés')),
  'committee-convened': timely('committee', 'Convocation à un comité'),
  'minutes-available': ordinary('committee', 'Procès-verbal disponible'),
  'envelope-nearly-used': timely('envelope', 'Enveloppe bientôt épuisée'),
  'call-published': ordinary('call', 'Appel à projets publié'),
  'call-open': ordinary('call', 'Appel à projets ouvert'),
  'call-closing': timely('call', 'Appel à projets bientôt clos'),
};

export const MAIL_KINDS = Object.keys(KINDS) as readonly MailKind[];

/** Why nobody may refuse or put off this kind; null when they may. */
export function whyLegal({ weight }: Kind): string | null {
  return typeof weight === 'object' ? weight.legal : null;
}
