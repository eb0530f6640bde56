/** Every message greets someone. */
export interface ToSomeone {
  readonly recipientName: string;
}

/** A way to the thing that the message is about. */
export interface WithLink {
  readonly link: string;
}

export interface DossierRef {
  /** `2027-GOSB-000123` */
  readonly number: string;
  readonly title: string;
  readonly organisation: string;
}

export interface CallRef {
  readonly title: string;
  readonly year: number;
}

export interface AboutDossier extends ToSomeone, WithLink {
  readonly dossier: DossierRef;
}

/** A list that a message tells the beginning of: fifty lines are for the page that it leads to. */
export interface Listed<Item> {
  readonly first: readonly Item[];
  /** Of all of them. */
  readonly count: number;
}

/** How many a message lists at most. */
const LISTED = 20;

export function listed<Item>(items: readonly Item[]): Listed<Item> {
  return { first: items.slice(0, LISTED), count: items.length };
}
