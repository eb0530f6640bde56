import type { ActContent, ActSignature } from './act-content.js';
import { ACT_TEMPLATES } from './act-templates.js';
import type { DocumentBlock } from '../../../kernel/document.js';
import type { ActText } from './act-text.js';

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
    title: unbroken(title),
    blocks: blocks.map(unbrokenBlock),
    language: 'fr-FR',
    author: content.funder.name,
    createdAt: content.preparedAt,
    footer: unbroken(signature === null ? `${title} – non signé` : title),
  };
}

/** French typography: what precedes a number or a double sign, or stands inside quotation marks, is not torn from it at the end of a line. */
function unbroken(text: string): string {
  return text.replace(/(n°|«|art\.|article|articles) /g, '$1\u00a0').replace(/ ([;:»])/g, '\u00a0$1');
}

function unbrokenBlock(block: DocumentBlock): DocumentBlock {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return { ...block, text: unbroken(block.text) };
    case 'list':
      return { ...block, items: block.items.map(unbroken) };
    case 'facts':
      return { ...block, rows: block.rows.map(([label, value]) => [unbroken(label), unbroken(value)] as const) };
    case 'table':
      return { ...block, rows: block.rows.map((row) => row.map(unbroken)) };
  }
}
