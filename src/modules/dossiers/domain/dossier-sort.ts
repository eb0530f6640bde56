/** What lists of dossiers may be sorted by; a dash turns the order round. */
export const DOSSIER_SORTS = [
  'createdAt',
  '-createdAt',
  'submittedAt',
  '-submittedAt',
  'updatedAt',
  '-updatedAt',
  'number',
  '-number',
] as const;
export type DossierSort = (typeof DOSSIER_SORTS)[number];
