import type { Outline } from '../../domain/inbox.js';
import type { Listed } from '../../domain/mail-parts.js';

/** One piece of a message, in reading order; the layouts draw each in HTML and in plain text. */
export type MessageBlock =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'subheading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  /** Someone's own words, line breaks kept. */
  | { readonly kind: 'quote'; readonly text: string }
  | { readonly kind: 'facts'; readonly rows: readonly { readonly label: string; readonly value: string }[] }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** Other messages, each in a line under its subject, which leads to what it is about. */
  | { readonly kind: 'outlines'; readonly items: readonly Outline[] }
  | { readonly kind: 'link'; readonly label: string; readonly url: string };

/** What a message says, once for both twins. */
export interface Message {
  readonly subject: string;
  readonly recipientName: string;
  /** In one line, for lists; absent, its first paragraph says it. */
  readonly summary?: string;
  readonly blocks: readonly MessageBlock[];
  /** Ends the sentence « Vous recevez ce message parce que… ». */
  readonly because: string;
}

export const heading = (text: string): MessageBlock => ({ kind: 'heading', text });
export const subheading = (text: string): MessageBlock => ({ kind: 'subheading', text });
export const paragraph = (text: string): MessageBlock => ({ kind: 'paragraph', text });
export const quote = (text: string): MessageBlock => ({ kind: 'quote', text });
export const list = (items: readonly string[]): MessageBlock => ({ kind: 'list', items });
/** The beginning of a list, and how many more there are. */
export const beginning = <Item>({ first, count }: Listed<Item>, said: (item: Item) => string): MessageBlock =>
  list([...first.map(said), ...(count > first.length ? [`et ${count - first.length} de plus`] : [])]);
export const outlines = (items: readonly Outline[]): MessageBlock => ({ kind: 'outlines', items });
export const link = (label: string, url: string): MessageBlock => ({ kind: 'link', label, url });
export const facts = (rows: Readonly<Record<string, string>>): MessageBlock => ({
  kind: 'facts',
  rows: Object.entries(rows).map(([label, value]) => ({ label, value })),
});
