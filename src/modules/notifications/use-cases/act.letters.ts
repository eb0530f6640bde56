import { Injectable } from '@nestjs/common';
import { add } from '../../../kernel/money.js';
import { parisDay } from '../../../kernel/paris-day.js';
import { Links } from '../../../platform/http/links.js';
import { ref } from '../domain/delivery.js';
import type { ActNotified, ActsToSign, TrancheNotified } from '../domain/mail-data.js';
import { ActFactsRepository } from '../persistence/act-facts.repository.js';
import { listed } from '../domain/mail-parts.js';
import type { Asked } from './asked.js';
import type { Readers } from './readers.js';

/** The messages about acts: those that wait for a signature, and the one that reached its beneficiary. */
@Injectable()
export class ActLetters {
  readonly readers = {
    'acts-to-sign': (asked) => this.toSign(asked),
    'act-notified': (asked) => this.notified(asked),
    'tranche-notified': (asked) => this.tranche(asked),
  } satisfies Partial<Readers>;

  constructor(
    private readonly facts: ActFactsRepository,
    private readonly links: Links,
  ) {}

  private async notified({ query, to, refs }: Asked): Promise<ActNotified | null> {
    const id = ref(refs, 'actId');
    const act = await this.facts.act(query, id);
    return act && { ...act, recipientName: to.name, link: this.links.to(`/v1/acts/${id}`) };
  }

  /** The same of a later year of an agreement over several years: which, and the report that it follows. */
  private async tranche(asked: Asked): Promise<TrancheNotified | null> {
    const act = await this.notified(asked);
    const tranches = await this.facts.tranches(asked.query, ref(asked.refs, 'actId'));
    if (act === null || tranches.length === 0) return null;
    return {
      ...act,
      tranches: tranches.map(({ reportAcceptedAt, ...tranche }) => ({ ...tranche, reportAcceptedOn: parisDay(reportAcceptedAt) })),
    };
  }

  /** All that waits for them in that call, told by this event or an earlier one. Null when others signed it all meanwhile. */
  private async toSign({ query, to, refs }: Asked): Promise<ActsToSign | null> {
    const [callId, funderId] = [ref(refs, 'callId'), ref(refs, 'funderId')];
    const acts = await this.facts.toSign(query, { callId, funderId, userId: to.id });
    const [first] = acts;
    if (!first) return null;
    return {
      recipientName: to.name,
      link: this.links.to(`/v1/acts?callId=${callId}&funderId=${funderId}&state=prepared`),
      call: first.call,
      funder: first.funder,
      acts: listed(acts),
      totalCents: add(...acts.map(({ amountCents }) => amountCents)),
    };
  }
}
