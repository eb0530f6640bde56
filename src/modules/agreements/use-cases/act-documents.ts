import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { renderPdf } from '../../../platform/pdf/render-pdf.js';
import { contentHash } from '../../dossiers/index.js';
import { actDocument } from '../domain/act-document.js';
import { ActDocumentRepository, type KeptDocument } from '../persistence/act-document.repository.js';

/**
 * The document of an act: drawn once for what it says, signatures included, then kept byte for byte. Drawing takes tens of milliseconds, hence
 * outside the transaction that numbers the act; the content being frozen there, a crash in between loses nothing.
 */
@Injectable()
export class ActDocuments {
  constructor(
    private readonly work: UnitOfWork,
    private readonly documents: ActDocumentRepository,
    private readonly clock: Clock,
  ) {}

  /** A tagged PDF. @throws NotFound */
  async of(actId: string): Promise<KeptDocument> {
    const { content, signature } = await this.documents.facts(this.work.read, actId);
    const factsSha256 = contentHash({ content, signature });
    const kept = await this.documents.find(this.work.read, actId, factsSha256);
    if (kept) return kept;
    const pdf = await renderPdf(actDocument(content, signature));
    const drawn = { pdf, sha256: createHash('sha256').update(pdf).digest('hex') };
    await this.documents.keep(this.work.read, actId, factsSha256, drawn, this.clock.now());
    return (await this.documents.find(this.work.read, actId, factsSha256)) ?? drawn;
  }

  /** Draws those that a crash left undrawn. */
  async catchUp(callId: string, funderId: string): Promise<void> {
    for (const actId of await this.documents.missing(this.work.read, callId, funderId)) await this.of(actId);
  }
}
