import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';
import { Links } from '../../../platform/http/links.js';
import { ref, type Refs } from '../domain/delivery.js';
import { placeOf } from '../domain/place.js';
import type {
  Admissible,
  AttestationRequested,
  ClosingReminder,
  ComplementAnswered,
  ComplementAsked,
  DossierRef,
  DossierWithdrawn,
  Inadmissible,
  Receipt,
} from '../domain/mail-data.js';
import { LetterRepository, type DossierFacts, type Person } from '../persistence/letter.repository.js';
import type { Asked } from './asked.js';
import type { Readers } from './readers.js';

/** The messages about the life of a dossier. */
@Injectable()
export class DossierLetters {
  readonly readers = {
    'attestation-requested': (asked) => this.attestationRequested(asked),
    receipt: (asked) => this.receipt(asked),
    'complement-asked': (asked) => this.complementAsked(asked),
    'complement-answered': (asked) => this.complementAnswered(asked),
    admissible: (asked) => this.admissible(asked),
    inadmissible: (asked) => this.inadmissible(asked),
    'dossier-withdrawn': (asked) => this.withdrawn(asked),
    'closing-reminder': (asked) => this.closingReminder(asked),
  } satisfies Partial<Readers>;

  constructor(
    private readonly facts: LetterRepository,
    private readonly links: Links,
  ) {}

  /** Null when it was attested meanwhile, or is no longer to be. */
  private async attestationRequested({ query, to, refs }: Asked): Promise<AttestationRequested | null> {
    const dossier = await this.dossier(query, refs);
    if (!dossier || !(await this.facts.awaitsAttestation(query, dossier.id))) return null;
    return { ...this.about(dossier, to), closesAt: dossier.closesAt };
  }

  private async receipt({ query, to, refs }: Asked): Promise<Receipt | null> {
    const dossier = await this.dossier(query, refs);
    if (!dossier) return null;
    const { submittedAt, receiptNumber, implicitRejectionOn, requestedCents, callTitle, callYear } = dossier;
    if (submittedAt === null || receiptNumber === null || implicitRejectionOn === null) return null;
    return {
      ...this.about(dossier, to),
      link: this.links.to(`/v1/dossiers/${dossier.id}/receipt`),
      call: { title: callTitle, year: callYear },
      receivedAt: submittedAt,
      receiptNumber,
      implicitRejectionOn,
      requestedCents,
    };
  }

  private async complementAsked({ query, to, refs }: Asked): Promise<ComplementAsked | null> {
    const dossier = await this.dossier(query, refs);
    const complement = await this.facts.complement(query, ref(refs, 'complementRequestId'));
    if (!dossier || !complement) return null;
    const { reason, dueOn, items } = complement;
    return {
      ...this.about(dossier, to),
      reason,
      dueOn,
      items: items.map(({ pointer, text }) => ({ place: placeOf(pointer), text })),
      operation: `POST ${this.links.to(`/v1/dossiers/${dossier.id}/complements`)}`,
    };
  }

  private async complementAnswered({ query, to, refs }: Asked): Promise<ComplementAnswered | null> {
    const dossier = await this.dossier(query, refs);
    const complement = await this.facts.complement(query, ref(refs, 'complementRequestId'));
    if (!dossier || !complement?.answeredAt) return null;
    return { ...this.about(dossier, to), reason: complement.reason, answeredAt: complement.answeredAt };
  }

  private async admissible({ query, to, refs }: Asked): Promise<Admissible | null> {
    const dossier = await this.dossier(query, refs);
    return dossier && this.about(dossier, to);
  }

  private async inadmissible({ query, to, refs }: Asked): Promise<Inadmissible | null> {
    const dossier = await this.dossier(query, refs);
    return dossier && { ...this.about(dossier, to), reason: dossier.admissibilityReason ?? '' };
  }

  private async withdrawn({ query, to, refs }: Asked): Promise<DossierWithdrawn | null> {
    const dossier = await this.dossier(query, refs);
    // Nothing moves a withdrawn dossier any more: its last change is the withdrawal.
    return dossier && { ...this.about(dossier, to), withdrawnAt: dossier.updatedAt, reason: dossier.withdrawalReason };
  }

  /** Null when the last of the drafts was submitted meanwhile, or when the closing moved. */
  private async closingReminder({ query, to, refs }: Asked): Promise<ClosingReminder | null> {
    const closesAt = new Date(ref(refs, 'closesAt'));
    const drafts = await this.facts.drafts(query, to.id, ref(refs, 'callId'), closesAt);
    const [first] = drafts;
    if (!first) return null;
    return {
      recipientName: to.name,
      link: this.links.to(`/v1/dossiers?callId=${ref(refs, 'callId')}`),
      call: { title: first.callTitle, year: first.callYear },
      closesAt,
      drafts: drafts.map(dossierRef),
    };
  }

  private dossier(query: Query, refs: Refs): Promise<DossierFacts | null> {
    return this.facts.dossier(query, ref(refs, 'dossierId'));
  }

  private about(dossier: DossierFacts, to: Person): Admissible {
    return { recipientName: to.name, link: this.links.to(`/v1/dossiers/${dossier.id}`), dossier: dossierRef(dossier) };
  }
}

function dossierRef({ number, title, organisation }: DossierFacts): DossierRef {
  return { number, title, organisation };
}
