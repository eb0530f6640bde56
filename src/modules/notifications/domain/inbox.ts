import type { ObjectType } from './catalogue.js';
import type { MailKind } from './mail-data.js';

/** A message in one line, as lists and digests show it. */
export interface Outline {
  readonly subject: string;
  /** Its first sentences, on one line of at most 200 characters. */
  readonly summary: string;
  /** Where to read or do what it is about. */
  readonly link: string | null;
}

export interface InboxMessage {
  readonly id: string;
  /** Counts up within one person's inbox, in the order in which messages became visible. */
  readonly rank: bigint;
  readonly kind: MailKind;
  /** Both null once it is blanked. */
  readonly subject: string | null;
  readonly summary: string | null;
  readonly objectType: ObjectType;
  readonly objectId: string;
  readonly organisationId: string | null;
  readonly createdAt: Date;
  readonly readAt: Date | null;
  /** When its words were forgotten. */
  readonly blankedAt: Date | null;
}

/** The PostgreSQL channel on which it is said that something changed in someone's inbox. Their id travels, and nothing else. */
export const INBOX_CHANNEL = 'bievre_inbox';
