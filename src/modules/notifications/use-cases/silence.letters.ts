import { Injectable } from '@nestjs/common';
import { plusDays } from '../../../kernel/day.js';
import { parisDay } from '../../../kernel/paris-day.js';
import { Links } from '../../../platform/http/links.js';
import { ref } from '../domain/delivery.js';
import type { ComplementLapsed, DecisionsDue, ImplicitRejection } from '../domain/mail-data.js';
import { listed } from '../domain/mail-parts.js';
import { SILENCE_STEPS } from '../domain/round.js';
import { SilenceFactsRepository } from '../persistence/silence-facts.repository.js';
import type { Asked } from './asked.js';
import type { Readers } from './readers.js';

/** The messages about an answer that did not come in time. */
@Injectable()
export class SilenceLetters {
  readonly readers = {
    'complement-lapsed': (asked) => this.lapsed(asked),
    'complement-unanswered': (asked) => this.lapsed(asked),
    'decisions-due': (asked) => this.toDecide(asked),
    'implicit-rejection': (asked) => this.rejected(asked),
  } satisfies Partial<Readers>;

  constructor(
    private readonly facts: SilenceFactsRepository,
    private readonly links: Links,
  ) {}

  private async lapsed({ query, to, refs }: Asked): Promise<ComplementLapsed | null> {
    const lapsed = await this.facts.lapsedComplement(query, ref(refs, 'complementRequestId'));
    if (!lapsed) return null;
    const { dossierId, reason, dueOn, implicitRejectionOn, ...dossier } = lapsed;
    const link = this.links.to(`/v1/dossiers/${dossierId}`);
    return { recipientName: to.name, link, dossier, reason, dueOn, implicitRejectionOn };
  }

  /** Null when all of them were answered meanwhile. */
  private async toDecide({ query, to, refs }: Asked): Promise<DecisionsDue | null> {
    const [callId, day] = [ref(refs, 'callId'), ref(refs, 'day')];
    const call = await this.facts.call(query, callId);
    const dossiers = await this.facts.toDecide(query, to.id, callId, day, plusDays(day, Math.max(...SILENCE_STEPS)));
    if (!call || dossiers.length === 0) return null;
    return { recipientName: to.name, link: this.links.to(`/v1/dossiers?callId=${callId}`), call, dossiers: listed(dossiers) };
  }

  private async rejected({ query, to, refs, now }: Asked): Promise<ImplicitRejection | null> {
    const dossierId = ref(refs, 'dossierId');
    const rejected = await this.facts.rejected(query, dossierId, parisDay(now));
    if (!rejected) return null;
    const { implicitRejectionOn, ...dossier } = rejected;
    const requests = listed(await this.facts.silentRequests(query, dossierId));
    return { recipientName: to.name, link: this.links.to(`/v1/dossiers/${dossierId}`), dossier, implicitRejectionOn, requests };
  }
}
