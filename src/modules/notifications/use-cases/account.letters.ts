import { Injectable } from '@nestjs/common';
import { OneTimeTokens } from '../../../platform/auth/one-time-tokens.js';
import { Links } from '../../../platform/http/links.js';
import { ref } from '../domain/delivery.js';
import type {
  Invitation,
  MembershipEnded,
  MembershipGranted,
  MembershipRefused,
  MembershipRequested,
  OneTimeCode,
} from '../domain/mail-data.js';
import { LetterRepository, type MembershipFacts, type Person } from '../persistence/letter.repository.js';
import type { Asked } from './asked.js';
import type { Readers } from './readers.js';

/** What each role lets one do, for someone who has never heard of it. */
const ROLE_WORDS: Readonly<Record<string, string>> = {
  instructor: 'instruire les dossiers',
  delegate: 'donner l’avis de l’État et proposer ses montants',
  prefecture: 'ouvrir les enveloppes de l’État et approuver ses décisions',
  coordinator: 'conduire les appels à projets',
  partner: 'donner l’avis de votre institution et enregistrer ses décisions',
  'citizens-council': 'donner l’avis du conseil citoyen',
  landlord: 'suivre l’abattement de taxe foncière',
  auditor: 'consulter, sans modifier',
  administrator: 'gérer les comptes et les données de référence',
};

/** The messages about accounts and memberships. */
@Injectable()
export class AccountLetters {
  readonly readers = {
    'account-confirmation': (asked) => this.confirmation(asked),
    'password-reset': (asked) => this.passwordReset(asked),
    invitation: (asked) => this.invitation(asked),
    'membership-requested': (asked) => this.membershipRequested(asked),
    'membership-granted': (asked) => this.membershipGranted(asked),
    'membership-refused': (asked) => this.membershipRefused(asked),
    'membership-ended': (asked) => this.membershipEnded(asked),
  } satisfies Partial<Readers>;

  constructor(
    private readonly facts: LetterRepository,
    private readonly tokens: OneTimeTokens,
    private readonly links: Links,
  ) {}

  private confirmation(asked: Asked): Promise<OneTimeCode | null> {
    return this.oneTimeCode(asked, '/v1/auth/confirm-email');
  }

  private passwordReset(asked: Asked): Promise<OneTimeCode | null> {
    return this.oneTimeCode(asked, '/v1/auth/reset-password');
  }

  private async invitation(asked: Asked): Promise<Invitation | null> {
    const code = await this.oneTimeCode(asked, '/v1/auth/accept-invitation');
    if (!code) return null;
    const grants = await this.facts.grants(asked.query, asked.to.id);
    const purposes = grants.map(({ role, scope }) => `${ROLE_WORDS[role] ?? role}${scope === null ? '' : ` (${scope})`}`);
    return { ...code, invitedBy: grants.find(({ grantedBy }) => grantedBy !== null)?.grantedBy ?? null, purposes };
  }

  /** Null when it was answered or taken back meanwhile. */
  private async membershipRequested({ query, to, refs }: Asked): Promise<MembershipRequested | null> {
    const membership = await this.facts.membership(query, ref(refs, 'membershipId'));
    if (membership?.state !== 'requested') return null;
    const { organisation, requesterName, requesterEmail, message } = membership;
    return {
      recipientName: to.name,
      requesterName,
      requesterEmail,
      message,
      organisation,
      role: rolesOf(membership),
      link: `${this.organisation(membership)}/memberships`,
    };
  }

  private async membershipGranted({ query, to, refs }: Asked): Promise<MembershipGranted | null> {
    const membership = await this.facts.membership(query, ref(refs, 'membershipId'));
    if (!membership) return null;
    return {
      recipientName: to.name,
      organisation: membership.organisation,
      role: rolesOf(membership),
      link: this.organisation(membership),
    };
  }

  private async membershipRefused({ query, to, refs }: Asked): Promise<MembershipRefused | null> {
    const membership = await this.facts.membership(query, ref(refs, 'membershipId'));
    return membership && this.noMore(to, membership.organisation, membership.refusalReason);
  }

  private async membershipEnded({ query, to, refs }: Asked): Promise<MembershipEnded | null> {
    const membership = await this.facts.membership(query, ref(refs, 'membershipId'));
    return membership && this.noMore(to, membership.organisation, membership.endReason);
  }

  private noMore(to: Person, organisation: string, reason: string | null): MembershipRefused {
    return { recipientName: to.name, organisation, reason, link: this.links.to('/v1/me') };
  }

  /** Null when the code would no longer open anything: used meanwhile, past, or replaced by a newer one. */
  private async oneTimeCode({ query, to, refs, now }: Asked, path: string): Promise<OneTimeCode | null> {
    const tokenId = ref(refs, 'tokenId');
    const token = await this.facts.usableToken(query, tokenId, now);
    if (!token) return null;
    return {
      recipientName: to.name,
      code: this.tokens.tokenOf(tokenId),
      expiresAt: token.expiresAt,
      operation: `POST ${this.links.to(path)}`,
      link: this.links.to('/docs'),
    };
  }

  private organisation({ organisationId }: MembershipFacts): string {
    return this.links.to(`/v1/organisations/${organisationId}`);
  }
}

function rolesOf({ isEditor, isSignatory, isAdministrator }: MembershipFacts): string {
  const held = [isEditor && 'rédaction des dossiers', isSignatory && 'signature', isAdministrator && 'administration de l’organisation'];
  return held.filter((role) => role !== false).join(', ');
}
