/** Where a thing of the trade is seen from: a place, a funder, an organisation or the contract, by its code. */
export interface SeenFrom {
  readonly kind: 'organisation' | 'commune' | 'sector' | 'department' | 'funder' | 'qpv' | 'contract';
  readonly code: string;
}

/** The scopes that someone's roles give sight of, as a list's SQL filters on them. */
export type Sight = readonly { readonly kind: string; readonly code: string }[];
