import type { ActContent, ActSignature } from './act-content.js';
import { ACT_TEMPLATES } from './act-templates.js';

export type ActBlock =
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [label: string, value: string])[] }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
      readonly caption: string;
      readonly align: readonly ('left' | 'right')[];
    }
  | { readonly kind: 'list'; readonly items: readonly string[] };

/** What one version of a template makes of a content. */
export interface ActText {
  readonly title: string;
  readonly blocks: readonly ActBlock[];
}

export interface ActDocument extends ActText {
  readonly language: 'fr-FR';
  readonly author: string;
  /** The only date of the file: the same act gives the same bytes. */
  readonly createdAt: Date;
  readonly footer: string;
}

/** The document of an act, by the template that it was prepared with; `signature` is null until the funder signs. */
export function actDocument(content: ActContent, signature: ActSignature | null): ActDocument {
  const template = ACT_TEMPLATES[content.kind][content.templateVersion - 1];
  if (!template) throw new Error(`no version ${content.templateVersion} of the template ${content.kind}`);
  const { title, blocks } = template(content, signature);
  return {
    title,
    blocks,
    language: 'fr-FR',
    author: content.funder.name,
    createdAt: content.preparedAt,
    footer: signature === null ? `${title} – non signé` : title,
  };
}
