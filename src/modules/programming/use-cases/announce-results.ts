import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.js';
import { inParts } from '../../../kernel/parts.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { TooLate } from '../../../platform/job-in-hand.js';
import { Operations, type ResumedOperation } from '../../../platform/operations/operations.js';
import { FundingLines } from '../../funding/index.js';
import { AnnouncementRepository } from '../persistence/announcement.repository.js';
import { audited } from './line-rights.js';

interface Announcement {
  readonly operationId: string;
  readonly callId: string;
  readonly funderIds: readonly string[] | null;
  readonly askedBy: Actor;
}

/** Organisations told in one transaction. */
const AT_ONCE = 50;

/**
 * Tells the decisions of a call, some organisations at a time, a transaction each time: a crash or a cancellation leaves each organisation told
 * of all its decided lines or of none. Running it again goes on where it stopped and tells nobody twice.
 */
@Injectable()
export class AnnounceResults {
  constructor(
    private readonly work: UnitOfWork,
    private readonly operations: Operations,
    private readonly announcements: AnnouncementRepository,
    private readonly lines: FundingLines,
    private readonly clock: Clock,
  ) {}

  async execute(operationId: string): Promise<void> {
    const operation = await this.work.transaction((query) => this.operations.resume(query, operationId));
    if (!operation) return;
    const announcement = announcementOf(operationId, operation);
    const { callId, funderIds } = announcement;
    const organisationIds = await this.announcements.organisationsToTell(this.work.read, callId, funderIds);
    const total = operation.done + organisationIds.length;
    await this.work.transaction((query) => this.operations.progress(query, operationId, operation.done, total));
    for (const [part, some] of inParts(organisationIds, AT_ONCE).entries()) {
      const goesOn = await this.tellSome(announcement, some, operation.done + part * AT_ONCE, total);
      if (!goesOn) return;
    }
    const resultPath = `/v1/funding-lines?callId=${callId}`;
    await this.work.transaction((query) => this.operations.finish(query, operationId, { resultPath }, this.clock.now()));
  }

  /** One that cannot be told stops the announcement, and those before it stay told. False when the operation was cancelled meanwhile. */
  private async tellSome(announcement: Announcement, organisationIds: readonly string[], done: number, total: number): Promise<boolean> {
    try {
      return await this.tell(announcement, organisationIds, done + organisationIds.length, total);
    } catch (error) {
      if (organisationIds.length === 1 || error instanceof TooLate) throw error;
      for (const [index, organisationId] of organisationIds.entries()) {
        if (!(await this.tell(announcement, [organisationId], done + index + 1, total))) return false;
      }
      return true;
    }
  }

  /** False when the operation was cancelled meanwhile. */
  private tell(
    { operationId, callId, funderIds, askedBy }: Announcement,
    organisationIds: readonly string[],
    done: number,
    total: number,
  ): Promise<boolean> {
    return this.work.run(askedBy, async (tx) => {
      // Holds the operation until the commit: a cancellation falls between two transactions.
      if (!(await this.operations.resume(tx.query, operationId))) return false;
      const decided = await this.lines.lockDecided(tx, callId, organisationIds, funderIds);
      const announced = this.lines.announce(tx, decided);
      for (const [index, line] of announced.entries()) {
        const before = decided[index];
        tx.audit('funding-line.announced', { type: 'funding-line', id: line.id }, before ? audited(before) : null, audited(line));
      }
      for (const organisationId of organisationIds) {
        const lineIds = announced.filter((line) => line.organisationId === organisationId).map(({ id }) => id);
        if (lineIds.length > 0) tx.tell('results.announced.v1', { callId, organisationId, lineIds });
      }
      await this.operations.progress(tx.query, operationId, done, total);
      return true;
    });
  }
}

/** The announcement is made in the name of who asked for it, with none of their rights: it decides nothing. */
function announcementOf(operationId: string, { subjectId, parameters, createdBy }: ResumedOperation): Announcement {
  const { funderIds } = parameters as { funderIds: readonly string[] | null };
  return { operationId, callId: subjectId, funderIds, askedBy: { id: createdBy, kind: 'user', grants: [], recusedFrom: new Set() } };
}
