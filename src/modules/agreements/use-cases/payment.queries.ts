import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.js';
import type { Day } from '../../../kernel/day.js';
import { type Money, subtract, ZERO } from '../../../kernel/money.js';
import { parisDay } from '../../../kernel/paris-day.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize, may } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { isDecisionPublic, publicLabel, publicStatus, FUNDING_LINE_WORDS, type FundingLineState } from '../../funding/index.js';
import { defaultSchedule, nextDueOn, type Installment } from '../domain/payment-schedule.js';
import type { Payment, PaymentRequest } from '../domain/payment.js';
import { type PayableLine, PayableLineReader } from '../persistence/payable-line.reader.js';
import { PaymentRepository, type StoredInstallment } from '../persistence/payment.repository.js';

/** How far the payment of a line is, as its reader may know it. */
export interface PaymentProgress {
  readonly fundingLineId: string;
  /** null for its applicant: the acts of the funder move it. */
  readonly version: number | null;
  readonly status: string;
  readonly statusLabel: string;
  readonly ejNumber: string | null;
  /** null as long as the reader may not know. */
  readonly grantedCents: Money | null;
  readonly paidCents: Money;
  readonly leftCents: Money | null;
  readonly notifiedAt: Date | null;
  readonly dueOn: Day | null;
  readonly isLate: boolean;
  readonly installments: readonly (Installment & { readonly id: string | null })[];
  readonly requests: readonly PaymentRequest[];
  readonly payments: readonly Payment[];
}

/** Asks of a line that nothing is known of: as if nothing had been decided. */
const UNTOLD = { grantedCents: null, paidCents: ZERO, leftCents: null, notifiedAt: null, dueOn: null, isLate: false } as const;
const NOTHING = { installments: [], requests: [], payments: [] } as const;

@Injectable()
export class PaymentQueries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly lines: PayableLineReader,
    private readonly payments: PaymentRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound */
  async ofLine(lineId: string, actor: Actor): Promise<PaymentProgress> {
    const line = await this.lines.find<FundingLineState>(this.work.read, lineId);
    authorize(actor, 'payment.read', line.perimeter);
    // Who is in conflict with the organisation reads what the organisation reads.
    const isStaff = may(actor, 'funding-line.read', line.perimeter) && !actor.recusedFrom.has(line.organisationId);
    const schedule = await this.payments.scheduleOf(this.work.read, lineId);
    const payments = await this.payments.ofLine(this.work.read, lineId);
    const { state } = line;
    if (isStaff) {
      const requests = await this.payments.requestsOf(this.work.read, lineId);
      const named = { version: line.version, status: state, statusLabel: FUNDING_LINE_WORDS.states[state], ejNumber: line.ejNumber };
      return { fundingLineId: lineId, ...named, ...this.progress(line, schedule), requests, payments };
    }
    const named = { version: null, status: publicStatus(state), statusLabel: publicLabel(state), ejNumber: null };
    if (!isDecisionPublic(state)) return { fundingLineId: lineId, ...named, ...UNTOLD, ...NOTHING };
    // How it is to be paid is told by the act: until it is notified, it is being prepared.
    const told = line.notifiedAt === null ? [] : schedule;
    const live = payments.filter(({ reversedAt }) => reversedAt === null);
    return { fundingLineId: lineId, ...named, ...this.progress(line, told), requests: [], payments: live };
  }

  private progress(line: PayableLine, stored: readonly StoredInstallment[]) {
    const { grantedCents, paidCents, notifiedAt } = line;
    const planned = stored.length > 0 ? stored : defaultSchedule(grantedCents ?? ZERO, notifiedAt).map((one) => ({ ...one, id: null }));
    const dueOn = nextDueOn(planned, paidCents);
    const leftCents = grantedCents === null ? null : subtract(grantedCents, paidCents);
    const isLate = notifiedAt !== null && dueOn !== null && dueOn < parisDay(this.clock.now());
    return { grantedCents, paidCents, leftCents, notifiedAt, dueOn, isLate, installments: planned };
  }
}
