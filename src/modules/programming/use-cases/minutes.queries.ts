import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { renderPdf } from '../../../platform/pdf/render-pdf.js';
import { MinutesNotReady } from '../domain/committee.errors.js';
import type { MinutesContent } from '../domain/committee-minutes.js';
import { minutesDocument } from '../domain/minutes-document.js';
import { CommitteeMinutes } from '../persistence/committee-minutes.repository.js';
import { CommitteeRepository } from '../persistence/committee.repository.js';
import { authorizeActing } from './committee-rights.js';

export interface ReadMinutes {
  readonly content: MinutesContent;
  /** SHA-256 of the whole content, in hexadecimal. */
  readonly contentHash: string;
  readonly closedAt: Date;
  /** Lines of organisations that the reader is recused from, left out of `content`. */
  readonly hiddenLines: number;
}

@Injectable()
export class MinutesQueries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly committees: CommitteeRepository,
    private readonly minutes: CommitteeMinutes,
  ) {}

  /** @throws NotFound, Forbidden, MinutesNotReady */
  async get(committeeId: string, actor: Actor): Promise<ReadMinutes> {
    authorizeActing(actor, 'committee.read-minutes', await this.committees.find(this.work.read, committeeId));
    const kept = await this.minutes.find(this.work.read, committeeId);
    if (!kept) throw new MinutesNotReady();
    const lines = kept.content.lines.filter(({ organisationId }) => !actor.recusedFrom.has(organisationId));
    return {
      content: { ...kept.content, lines },
      contentHash: kept.contentHash,
      closedAt: kept.at,
      hiddenLines: kept.content.lines.length - lines.length,
    };
  }

  /** A tagged PDF. @throws NotFound, Forbidden, MinutesNotReady */
  async pdf(committeeId: string, actor: Actor): Promise<{ name: string; pdf: Buffer }> {
    const { content, contentHash, closedAt, hiddenLines } = await this.get(committeeId, actor);
    const pdf = await renderPdf(minutesDocument(content, contentHash, closedAt, hiddenLines));
    return { name: `proces-verbal-${content.session.heldOn}.pdf`, pdf };
  }
}
