import { Injectable } from '@nestjs/common';
import { Links } from '../../../platform/http/links.js';
import { ref } from '../domain/delivery.js';
import type { CommitteeConvened, MinutesAvailable } from '../domain/mail-data.js';
import { CommitteeFactsRepository } from '../persistence/committee-facts.repository.js';
import type { Asked } from './asked.js';
import type { Readers } from './readers.js';

/** The messages to who sits in a committee. */
@Injectable()
export class CommitteeLetters {
  readonly readers = {
    'committee-convened': (asked) => this.convened(asked),
    'minutes-available': (asked) => this.minutes(asked),
  } satisfies Partial<Readers>;

  constructor(
    private readonly facts: CommitteeFactsRepository,
    private readonly links: Links,
  ) {}

  /** Null once the session has begun. */
  private async convened({ query, to, refs }: Asked): Promise<CommitteeConvened | null> {
    const id = ref(refs, 'committeeId');
    const session = await this.facts.session(query, id);
    if (session?.state !== 'convened') return null;
    const { title, call, heldOn, place, quorum, lineCount } = session;
    const recusedFrom = await this.facts.recusals(query, id, to.id);
    const link = this.links.to(`/v1/committees/${id}`);
    return { recipientName: to.name, link, title, call, heldOn, place, quorum, lineCount, recusedFrom };
  }

  private async minutes({ query, to, refs }: Asked): Promise<MinutesAvailable | null> {
    const id = ref(refs, 'committeeId');
    const session = await this.facts.session(query, id);
    if (!session || session.contentHash === null) return null;
    const { title, call, heldOn, place, contentHash } = session;
    const mayRead = await this.facts.mayReadMinutes(query, to.id);
    const link = this.links.to(`/v1/committees/${id}${mayRead ? '/minutes' : ''}`);
    return { recipientName: to.name, link, title, call, heldOn, place, contentHash, mayRead };
  }
}
