import { Injectable } from '@nestjs/common';
import { plusDays } from '../../../kernel/day.js';
import { add } from '../../../kernel/money.js';
import { Links } from '../../../platform/http/links.js';
import { ref, refList } from '../domain/delivery.js';
import type { PaymentAnnounced, PaymentCancelled, PaymentsDue, PaymentsMade } from '../domain/mail-data.js';
import { listed } from '../domain/mail-parts.js';
import { PAYMENT_STEPS } from '../domain/round.js';
import { PaymentFactsRepository, type PaymentFacts } from '../persistence/payment-facts.repository.js';
import type { Asked } from './asked.js';
import type { Readers } from './readers.js';

/** The messages about money: to who receives it, and to who has it paid. */
@Injectable()
export class PaymentLetters {
  readonly readers = {
    'payment-announced': (asked) => this.announced(asked),
    'payment-cancelled': (asked) => this.cancelled(asked),
    'payments-due': (asked) => this.due(asked),
    'payments-made': (asked) => this.about(asked, ({ isReversed }) => !isReversed),
    'payments-reversed': (asked) => this.about(asked, ({ isReversed }) => isReversed),
  } satisfies Partial<Readers>;

  constructor(
    private readonly facts: PaymentFactsRepository,
    private readonly links: Links,
  ) {}

  private async announced({ query, to, refs }: Asked): Promise<PaymentAnnounced | null> {
    const request = await this.facts.request(query, ref(refs, 'requestId'));
    if (!request) return null;
    const { lineId, ...said } = request;
    return { ...said, recipientName: to.name, link: this.links.to(`/v1/funding-lines/${lineId}/payments`) };
  }

  private async cancelled({ query, to, refs }: Asked): Promise<PaymentCancelled | null> {
    const request = await this.facts.cancelledRequest(query, ref(refs, 'requestId'));
    if (!request) return null;
    const { lineId, ...said } = request;
    return { ...said, recipientName: to.name, link: this.links.to(`/v1/funding-lines/${lineId}/payments`) };
  }

  /** Null when all that was due is paid meanwhile. */
  private async due({ query, to, refs }: Asked): Promise<PaymentsDue | null> {
    const day = ref(refs, 'day');
    const payments = await this.facts.due(query, to.id, plusDays(day, Math.max(...PAYMENT_STEPS)));
    if (payments.length === 0) return null;
    return { recipientName: to.name, link: this.links.to('/v1/funding-lines?status=notified'), day, payments: listed(payments) };
  }

  private async about({ query, to, refs }: Asked, isSo: (payment: PaymentFacts) => boolean): Promise<PaymentsMade | null> {
    const payments = (await this.facts.payments(query, refList(refs, 'paymentIds'))).filter(isSo);
    const [first] = payments;
    if (!first) return null;
    return {
      recipientName: to.name,
      link: this.links.to(`/v1/organisations/${ref(refs, 'organisationId')}`),
      organisation: first.organisation,
      payments: listed(payments),
      totalCents: add(...payments.map(({ amountCents }) => amountCents)),
    };
  }
}
