import { Injectable } from '@nestjs/common';
import { Links } from '../../../platform/http/links.js';
import { ref } from '../domain/delivery.js';
import type { CallPublished, EnvelopeNearlyUsed, OpinionsAsked, OpinionsGiven } from '../domain/mail-data.js';
import { listed } from '../domain/mail-parts.js';
import { SteeringFactsRepository } from '../persistence/steering-facts.repository.js';
import type { Asked } from './asked.js';
import type { Readers } from './readers.js';

/** The messages about a year as a whole: its call, its opinions, its envelopes. */
@Injectable()
export class SteeringLetters {
  readonly readers = {
    'opinions-asked': (asked) => this.opinionsAsked(asked),
    'opinions-given': (asked) => this.opinionsGiven(asked),
    'envelope-nearly-used': (asked) => this.envelope(asked),
    'call-published': (asked) => this.call(asked),
    'call-closing': (asked) => this.call(asked),
  } satisfies Partial<Readers>;

  constructor(
    private readonly facts: SteeringFactsRepository,
    private readonly links: Links,
  ) {}

  private async opinionsAsked({ query, to, refs }: Asked): Promise<OpinionsAsked | null> {
    const callId = ref(refs, 'callId');
    const dossiers = await this.facts.dossiersToJudge(query, { callId, day: ref(refs, 'day'), userId: to.id });
    const [first] = dossiers;
    if (!first) return null;
    return { recipientName: to.name, link: this.links.to(`/v1/dossiers?callId=${callId}`), call: first.call, dossiers: listed(dossiers) };
  }

  private async opinionsGiven({ query, to, refs }: Asked): Promise<OpinionsGiven | null> {
    const [callId, day] = [ref(refs, 'callId'), ref(refs, 'day')];
    const opinions = await this.facts.opinions(query, { callId, day, userId: to.id });
    const [first] = opinions;
    if (!first) return null;
    const count = (kind: string): number => opinions.filter(({ opinion }) => opinion === kind).length;
    return {
      ...{ recipientName: to.name, link: this.links.to(`/v1/funding-lines?callId=${callId}`), call: first.call, day },
      opinions: listed(opinions),
      counts: { favourable: count('favourable'), reserved: count('reserved'), unfavourable: count('unfavourable') },
    };
  }

  private async envelope({ query, to, refs }: Asked): Promise<EnvelopeNearlyUsed | null> {
    const id = ref(refs, 'envelopeId');
    const envelope = await this.facts.envelope(query, id);
    return envelope && { ...envelope, recipientName: to.name, link: this.links.to(`/v1/envelopes/${id}`) };
  }

  /** Null once the call is closed. */
  private async call({ query, to, refs, now }: Asked): Promise<CallPublished | null> {
    const id = ref(refs, 'callId');
    const call = await this.facts.call(query, id);
    if (!call || call.closesAt <= now) return null;
    const { title, year, opensAt, closesAt } = call;
    const link = this.links.to(`/v1/calls/${id}`);
    return { recipientName: to.name, link, call: { title, year }, opensAt, closesAt, isOpen: opensAt <= now };
  }
}
