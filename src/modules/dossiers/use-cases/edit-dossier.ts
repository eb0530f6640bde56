import { Injectable } from '@nestjs/common';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { UnknownTrack } from '../domain/dossier.errors.js';
import type { DossierWithTerms } from '../persistence/dossier.repository.js';
import { ContentRepository } from '../persistence/content.repository.js';
import { DossierEditing } from './editing.js';

export interface EditDossierCommand {
  readonly dossierId: string;
  readonly version: ExpectedVersion;
  readonly title?: string | undefined;
  readonly trackCode?: string | undefined;
}

/** Its title, or the track it answers in. Said again as they are, they change nothing: the attestation stays. */
@Injectable()
export class EditDossier {
  constructor(
    private readonly work: UnitOfWork,
    private readonly editing: DossierEditing,
    private readonly content: ContentRepository,
  ) {}

  /** @throws NotFound, Forbidden, VersionRequired, StaleVersion, ActNotAllowed, CallClosed, UnknownTrack */
  execute(command: EditDossierCommand, actor: Actor): Promise<DossierWithTerms> {
    return this.work.run(actor, async (tx) => {
      const before = await this.editing.begin(tx, actor, command.dossierId);
      assertVersion(command.version, before.version);
      this.editing.assertEditable(tx, before);
      const { title = before.title, trackCode = before.trackCode } = command;
      if (title === before.title && trackCode === before.trackCode) return before;
      if (!(await this.content.tracksFor(tx.query, before.id)).includes(trackCode)) throw new UnknownTrack();
      const after = await this.editing.finish(tx, before, { title, trackCode });
      const was = { title: before.title, trackCode: before.trackCode, version: before.version };
      tx.audit('dossier.edited', { type: 'dossier', id: before.id }, was, { title, trackCode, version: after.version });
      return after;
    });
  }
}
