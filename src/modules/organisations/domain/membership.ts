import { next, type TransitionTable, type Words } from '../../../kernel/transitions.js';
import { NotASignatory, OwnMembership, SignatoryAlreadyVerified } from './organisation.errors.js';

export const MEMBER_ROLES = ['editor', 'signatory', 'administrator'] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

export const MEMBERSHIP_STATES = ['requested', 'active', 'refused', 'ended'] as const;
export type MembershipState = (typeof MEMBERSHIP_STATES)[number];
export type MembershipAct = 'grant' | 'refuse' | 'change-roles' | 'verify-signatory' | 'end' | 'leave';

export const MEMBERSHIP_TRANSITIONS: TransitionTable<MembershipState, MembershipAct> = {
  requested: { grant: 'active', refuse: 'refused', leave: 'ended' },
  active: { 'change-roles': 'active', 'verify-signatory': 'active', end: 'ended', leave: 'ended' },
  refused: {},
  ended: {},
};

const WORDS: Words<MembershipState, MembershipAct> = {
  states: { requested: 'demandée', active: 'en cours', refused: 'refusée', ended: 'terminée' },
  acts: {
    grant: 'accepter la demande',
    refuse: 'refuser la demande',
    'change-roles': 'changer les rôles',
    'verify-signatory': 'vérifier le signataire',
    end: 'mettre fin à l’appartenance',
    leave: 'quitter la structure',
  },
};

/** The place of a person in an organisation, asked for or held. */
export interface Membership {
  readonly id: string;
  readonly organisationId: string;
  readonly userId: string;
  readonly state: MembershipState;
  readonly roles: readonly MemberRole[];
  readonly message: string | null;
  readonly requestedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decisionReason: string | null;
  readonly endedBy: string | null;
  readonly endedAt: Date | null;
  readonly endReason: string | null;
  readonly verification: SignatoryVerification | null;
  readonly version: number;
}

/** Who saw which document that says this person may sign for the organisation. */
export interface SignatoryVerification {
  readonly at: Date;
  readonly by: string;
  readonly evidence: string;
}

export type Decision =
  | { readonly act: 'grant'; readonly roles?: readonly MemberRole[] | undefined }
  | { readonly act: 'refuse'; readonly reason: string }
  | { readonly act: 'change-roles'; readonly roles: readonly MemberRole[] }
  | { readonly act: 'end'; readonly reason: string };

/** What someone else decides on a membership. @throws OwnMembership, ActNotAllowed */
export function decide(membership: Membership, decision: Decision, deciderId: string, now: Date): Membership {
  if (membership.userId === deciderId) throw new OwnMembership();
  const state = next(MEMBERSHIP_TRANSITIONS, membership.state, decision.act, WORDS);
  const decided = { ...membership, state, decidedBy: deciderId, decidedAt: now };
  switch (decision.act) {
    case 'grant':
      return { ...decided, roles: decision.roles ?? membership.roles };
    case 'refuse':
      return { ...decided, decisionReason: decision.reason };
    case 'change-roles':
      // Who signs again one day is verified again.
      return { ...decided, roles: decision.roles, verification: decision.roles.includes('signatory') ? membership.verification : null };
    case 'end':
      return { ...membership, state, endedBy: deciderId, endedAt: now, endReason: decision.reason };
  }
}

/** A person takes their request back, or goes. The last administrator may: the commune's instructor lets the next one in. @throws ActNotAllowed */
export function leave(membership: Membership, now: Date): Membership {
  const state = next(MEMBERSHIP_TRANSITIONS, membership.state, 'leave', WORDS);
  return { ...membership, state, endedBy: membership.userId, endedAt: now };
}

/** @throws OwnMembership, ActNotAllowed, NotASignatory, SignatoryAlreadyVerified */
export function verifySignatory(membership: Membership, evidence: string, verifierId: string, now: Date): Membership {
  if (membership.userId === verifierId) throw new OwnMembership();
  next(MEMBERSHIP_TRANSITIONS, membership.state, 'verify-signatory', WORDS);
  if (!membership.roles.includes('signatory')) throw new NotASignatory();
  if (membership.verification !== null) throw new SignatoryAlreadyVerified();
  return { ...membership, verification: { at: now, by: verifierId, evidence } };
}
