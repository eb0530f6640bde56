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
