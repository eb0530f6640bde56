import { Injectable } from '@nestjs/common';
import { Links } from '../../../platform/http/links.js';
import { ref } from '../domain/delivery.js';
import type { ComplementLapsed } from '../domain/mail-data.js';
import { SilenceFactsRepository } from '../persistence/silence-facts.repository.js';
import type { Asked } from './asked.js';
import type { Readers } from './readers.js';

/** The messages about an answer that did not come in time. */
@Injectable()
export class SilenceLetters {
  readonly readers = {
    'complement-lapsed': (asked) => this.lapsed(asked),
    'complement-unanswered': (asked) => this.lapsed(asked),
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
}
