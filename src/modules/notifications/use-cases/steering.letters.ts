import { Injectable } from '@nestjs/common';
import { Links } from '../../../platform/http/links.js';
import { ref, type Refs } from '../domain/delivery.js';
import type { CallPublished, DossiersFiled, EnvelopeNearlyUsed, OpinionsGiven } from '../domain/mail-data.js';
import { listed } from '../domain/mail-parts.js';
import type { Days } from '../domain/morning-round.js';
import { SteeringFactsRepository } from '../persistence/steering-facts.repository.js';
import type { Asked } from './asked.js';
import type { Readers } from './readers.js';

/** The messages about a year as a whole: its call, its opinions, its envelopes. */
@Injectable()
export class SteeringLetters {
  readonly readers = {
    'dossiers-filed': (asked) => this.dossiers(asked, this.facts.dossiersFiled),
    'opinions-asked': (asked) => this.dossiers(asked, this.facts.dossiersToJudge),
    'opinions-given': (asked) => this.opinionsGiven(asked),
    'envelope-nearly-used': (asked) => this.envelope(asked),
    'call-published': (asked) => this.call(asked),
    'call-open': (asked) => this.call(asked),
    'call-closing': (asked) => this.call(asked),
  } satisfies Partial<Readers>;

  constructor(
    private readonly facts: SteeringFactsRepository,
    private readonly links: Links,
  ) {}

  private async dossiers({ query, to, refs }: Asked, read: SteeringFactsRepository['dossiersFiled']): Promise<DossiersFiled | null> {
    const callId = ref(refs, 'callId');
    const dossiers = await read(query, { callId, days: daysOf(refs), userId: to.id });
    const [first] = dossiers;
    if (!first) return null;
    return { recipientName: to.name, link: this.links.to(`/v1/dossiers?callId=${callId}`), call: first.call, dossiers: listed(dossiers) };
  }

  private async opinionsGiven({ query, to, refs }: Asked): Promise<OpinionsGiven | null> {
    const callId = ref(refs, 'callId');
    const opinions = await this.facts.opinions(query, { callId, days: daysOf(refs), userId: to.id });
    const [first] = opinions;
    if (!first) return null;
    const days = opinions.map(({ givenOn }) => givenOn).sort();
    const count = (kind: string): number => opinions.filter(({ opinion }) => opinion === kind).length;
    return {
      ...{ recipientName: to.name, link: this.links.to(`/v1/funding-lines?callId=${callId}`), call: first.call },
      ...{ from: days[0] ?? '', until: days.at(-1) ?? '' },
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

/** Messages that were queued for one day name no other. */
function daysOf(refs: Refs): Days {
  const until = ref(refs, 'day');
  return { from: refs['since'] === undefined ? until : ref(refs, 'since'), until };
}
