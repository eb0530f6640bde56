import type { ObjectType } from './catalogue.js';
import type { MailKind } from './mail-data.js';
import type { Cadence } from './preferences.js';

/** `bounced`: it had left, and came back. `failed`: refused for good, or given up. `cancelled`: nothing was left to say when its turn came (the account was closed, the link already used), or its reader cut its kind while it waited. */
export const DELIVERY_STATES = ['queued', 'sent', 'bounced', 'failed', 'cancelled'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export const CHANNELS = ['inbox', 'mail'] as const;
export type Channel = (typeof CHANNELS)[number];

/** What a message is written from: ids, and instants. */
export type Refs = Readonly<Record<string, string | readonly string[]>>;

/** One message to one person about one event. */
export interface Delivery {
  readonly id: string;
  readonly userId: string;
  readonly kind: MailKind;
  readonly refs: Refs;
  readonly cadence: Exclude<Cadence, 'off'>;
}

/** A message as its reader finds it again. */
export interface SentNotification {
  readonly id: string;
  readonly kind: MailKind;
  /** Null until it is written, and once it is blanked. */
  readonly subject: string | null;
  /** Null for what no inbox holds, and once it is blanked. */
  readonly summary: string | null;
  readonly state: DeliveryState;
  readonly objectType: ObjectType;
  readonly objectId: string;
  readonly organisationId: string | null;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
  readonly readAt: Date | null;
  /** When its words were forgotten. */
  readonly blankedAt: Date | null;
  readonly channels: readonly Channel[];
}

/** A reference that must be there: the event's payload is our own. */
export function ref(refs: Refs, name: string): string {
  const value = refs[name];
  if (typeof value !== 'string') throw new Error(`The event carries no ${name}.`);
  return value;
}

export function refList(refs: Refs, name: string): readonly string[] {
  const value = refs[name];
  if (!Array.isArray(value)) throw new Error(`The event carries no list ${name}.`);
  return value as readonly string[];
}

/** `<id@host>`, the same at each attempt: if a mail ever leaves twice, mail readers show it once. */
export function messageIdOf(mailId: string, publicUrl: string): string {
  const { hostname } = new URL(publicUrl);
  return `<${mailId}@${/^[\w.-]+$/.test(hostname) ? hostname : 'bievre.invalid'}>`;
}

/** The id in a Message-ID of ours, or null. */
export function mailIdOf(messageId: string, publicUrl: string): string | null {
  const id = /^<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@/.exec(messageId)?.[1];
  return id !== undefined && messageId === messageIdOf(id, publicUrl) ? id : null;
}
