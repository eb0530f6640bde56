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
