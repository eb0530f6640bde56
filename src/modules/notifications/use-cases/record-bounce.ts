import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorizeCreation } from '../../../platform/auth/authorizer.js';
import { INSTANCE } from '../../../platform/auth/perimeter.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { Links } from '../../../platform/http/links.js';
import { readDeliveryReport, type DeliveryReport } from '../../../platform/mail/delivery-report.js';
import { scrubbed } from '../../../platform/queue/index.js';
import { failureIn, NotABounce, UnknownMail, type Bounce, type Failure } from '../domain/bounce.js';
import { mailIdOf } from '../domain/delivery.js';
import { BounceRepository } from '../persistence/bounce.repository.js';
import { DeliveryRepository } from '../persistence/delivery.repository.js';

/** Mail that comes back: brought by who runs the platform (by hand, or by what empties the mailbox of returns), and read by them. */
@Injectable()
export class RecordBounce {
  constructor(
    private readonly work: UnitOfWork,
    private readonly deliveries: DeliveryRepository,
    private readonly bounces: BounceRepository,
    private readonly links: Links,
  ) {}

  /** The same report brought again changes nothing. @throws Forbidden, NotABounce, UnknownMail */
  async execute(raw: Buffer, actor: Actor): Promise<Bounce> {
    authorizeCreation(actor, 'mail.administer', [INSTANCE]);
    const report = await readDeliveryReport(raw);
    const failure = report && failureIn(report.recipients);
    if (!failure) throw new NotABounce();
    return this.work.run(actor, (tx) => this.record(tx, report, failure, actor));
  }

  /** @throws Forbidden */
  async page(flagged: boolean, page: PageRequest, actor: Actor): Promise<Page<Bounce>> {
    authorizeCreation(actor, 'mail.administer', [INSTANCE]);
    return this.bounces.page(this.work.read, flagged, page);
  }

  private async record(tx: Tx, report: DeliveryReport, { severity, status, diagnostic }: Failure, actor: Actor): Promise<Bounce> {
    for (const mailId of this.candidates(report)) {
      const userId = await this.deliveries.lockRecipient(tx.query, mailId);
      if (userId === null) continue;
      const said = { mailId, severity, status };
      const kept = { ...said, userId, source: 'report' as const, diagnostic: scrubbed(diagnostic), recordedBy: actor.id, at: tx.at };
      const id = await this.bounces.add(tx.query, kept);
      if (id !== null) {
        if (severity !== 'delay') await this.deliveries.markBounced(tx.query, mailId, scrubbed(`Bounced ${status ?? ''}: ${diagnostic}`));
        tx.audit('mail-bounce.recorded', { type: 'mail-bounce', id }, null, said);
      }
      return this.bounces.of(tx.query, said);
    }
    throw new UnknownMail();
  }

  /** The ids of mails of ours that the report may be about: from the headers it returns, and from the address it came back to. */
  private candidates({ messageIds, tags }: DeliveryReport): Set<string> {
    const quoted = messageIds.flatMap((messageId) => mailIdOf(messageId, this.links.to('')) ?? []);
    const returned = tags.flatMap((tag) => {
      const [, ...parts] = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/.exec(tag) ?? [];
      return parts.length === 0 ? [] : [parts.join('-')];
    });
    return new Set([...quoted, ...returned]);
  }
}
