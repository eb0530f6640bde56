import type { Page } from '../../../kernel/page.js';
import { Instant, Nested, OneOf, Text, Uuid } from '../../../platform/http/fields.js';
import {
  LONGEST_MESSAGE,
  MESSAGE_SIDES,
  MESSAGE_VISIBILITIES,
  type MessageSide,
  type MessageVisibility,
} from '../domain/dossier-message.js';
import type { DossierMessageQueries } from '../use-cases/dossier-message.queries.js';

export class MessageAuthorResponse {
  @Text({ max: 200 }) name!: string;
  @OneOf(MESSAGE_SIDES, { description: 'Pour qui cette personne écrivait : la structure, ou ceux qui instruisent son dossier' })
  side!: MessageSide;
}

export class MessageResponse {
  @Uuid() id!: string;
  @Uuid() dossierId!: string;
  @Nested(() => MessageAuthorResponse) author!: MessageAuthorResponse;
  @Instant() at!: string;
  @Text({ max: LONGEST_MESSAGE }) text!: string;
  @OneOf(MESSAGE_VISIBILITIES, { description: 'À tous, ou note interne à ceux qui instruisent' }) visibility!: MessageVisibility;
}

export function toMessageResponse(message: Awaited<ReturnType<DossierMessageQueries['one']>>): MessageResponse {
  const { id, dossierId, authorName: name, side, text, visibility, postedAt } = message;
  return { id, dossierId, author: { name, side }, at: postedAt.toISOString(), text, visibility };
}

export function toMessagePage(page: Awaited<ReturnType<DossierMessageQueries['ofDossier']>>): Page<MessageResponse> {
  return { ...page, rows: page.rows.map(toMessageResponse) };
}
