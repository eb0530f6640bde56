import { Injectable } from '@nestjs/common';
import { newId } from '../../../kernel/id.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize, refuseRecused } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { DossierFile } from '../../dossiers/index.js';
import { assertMayShowTo, assertThreadOpen, sideOf, type MessageVisibility } from '../domain/dossier-message.js';
import { DossierMessageRepository, type DossierMessageRow } from '../persistence/dossier-message.repository.js';

export interface PostMessageCommand {
  readonly dossierId: string;
  readonly text: string;
  readonly visibility: MessageVisibility;
}

/** Writes in the thread of a dossier. The dossier's version stays: it is what one decides on, and an internal note must not show in it. */
@Injectable()
export class PostMessage {
  constructor(
    private readonly work: UnitOfWork,
    private readonly file: DossierFile,
    private readonly messages: DossierMessageRepository,
  ) {}

  /** @throws NotFound, Forbidden, Recused, NoteForStaffOnly, ThreadClosed, DossierNotFiled */
  execute({ dossierId, text, visibility }: PostMessageCommand, actor: Actor): Promise<DossierMessageRow> {
    return this.work.run(actor, async (tx) => {
      const dossier = await this.file.lock(tx, dossierId);
      const side = sideOf(authorize(actor, 'dossier-message.post', dossier.perimeter, 'dossier.read'));
      if (side === 'administration') refuseRecused(actor, dossier.organisationId);
      assertMayShowTo(side, visibility);
      assertThreadOpen(dossier);
      const message = { id: newId(), dossierId, authorId: actor.id, side, visibility, text, postedAt: tx.at };
      await this.messages.add(tx.query, message);
      tx.audit('dossier.message-posted', { type: 'dossier', id: dossierId }, null, { messageId: message.id, side, visibility });
      tx.tell('dossier.message-posted.v1', { dossierId, messageId: message.id });
      return this.messages.get(tx.query, message.id);
    });
  }
}
