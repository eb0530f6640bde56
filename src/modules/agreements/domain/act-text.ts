import type { DocumentBlock } from '../../../kernel/document.js';

/** What one version of a template makes of a content. */
export interface ActText {
  readonly title: string;
  readonly blocks: readonly DocumentBlock[];
}
