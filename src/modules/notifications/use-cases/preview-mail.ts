import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorizeCreation } from '../../../platform/auth/authorizer.js';
import { INSTANCE } from '../../../platform/auth/perimeter.js';
import { Links } from '../../../platform/http/links.js';
import type { MailKind } from '../domain/mail-data.js';
import { fixtures } from './templates/fixtures.js';
import { MAIL_KINDS } from '../domain/kinds.js';
import { render, type RenderedMail } from './templates/templates.js';

/** A message as it would be sent, about people and things that do not exist. */
@Injectable()
export class PreviewMail {
  constructor(private readonly links: Links) {}

  /** @throws Forbidden, NotFound when there is no such kind of message */
  execute(kind: string, actor: Actor): RenderedMail {
    authorizeCreation(actor, 'mail.preview', [INSTANCE]);
    if (!isKind(kind)) throw new NotFound();
    return this.rendered(kind);
  }

  private rendered<Kind extends MailKind>(kind: Kind): RenderedMail {
    return render(kind, fixtures(this.links.to('/docs'))[kind]);
  }
}

const isKind = (kind: string): kind is MailKind => (MAIL_KINDS as readonly string[]).includes(kind);
