/** What a dossier may answer within one call. */
export const TRACK_CODES = ['annual', 'operating', 'participatory-fund', 'poverty-pocket'] as const;
export type TrackCode = (typeof TRACK_CODES)[number];

export const TRACK_LABELS: Readonly<Record<TrackCode, string>> = {
  annual: 'Programmation annuelle',
  operating: 'Fonctionnement des petites associations',
  'participatory-fund': 'Fonds participatif des conseils citoyens',
  'poverty-pocket': 'Poches de pauvreté',
};

export const DEFAULT_TRACKS: readonly TrackCode[] = ['annual'];
