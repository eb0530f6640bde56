/** A conflict of interest that a person declared: they no longer judge this organisation's files. */
export interface Recusal {
  readonly id: string;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly reason: string;
  readonly declaredAt: Date;
}
