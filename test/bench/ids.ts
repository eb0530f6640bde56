/** Kinds of rows of the data set, each with the four hexadecimal digits that its ids carry. */
export const KINDS = {
  user: 'a001',
  session: 'a002',
  grant: 'a003',
  organisation: 'a004',
  membership: 'a005',
  call: 'a006',
  dossier: 'a007',
  action: 'a008',
  line: 'a009',
  opinion: 'a00a',
  staff: 'a00b',
  'staff-session': 'a00c',
  envelope: 'a00d',
} as const;
export type Kind = keyof typeof KINDS;

/** What comes before the row's number in an id: ids grow with the row, as they do in life, and pgbench can make them. */
export const prefixOf = (kind: Kind): string => `01a0${KINDS[kind]}-0000-7000-8000-`;

/** Twelve digits, so that the prefix and the number make a UUID. */
export const numberOf = (row: number): number => 100_000_000_000 + row;

export const idOf = (kind: Kind, row: number): string => `${prefixOf(kind)}${numberOf(row)}`;

/** The staff of the data set, by row. */
export const STAFF = { coordinator: 0, instructor: 1, delegate: 2, prefecture94: 3 } as const;
