/** One piece of a document, in reading order. It says what the piece is; the renderer decides how it looks. */
export type DocumentBlock =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [label: string, value: string])[] }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
      readonly caption?: string;
      /** One a column, `left` where absent; amounts go `right`. */
      readonly align?: readonly ('left' | 'right')[];
    }
  | { readonly kind: 'list'; readonly items: readonly string[] };

export interface FrenchDocument {
  readonly title: string;
  readonly language: 'fr-FR';
  readonly author: string;
  /** The only date in the file: the same document gives the same bytes. */
  readonly createdAt: Date;
  readonly blocks: readonly DocumentBlock[];
  /** Repeated at the bottom of each page, beside the page number; screen readers skip it. */
  readonly footer?: string;
}
