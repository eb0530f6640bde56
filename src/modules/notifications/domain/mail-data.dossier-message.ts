import type { AboutDossier } from './mail-parts.js';

/** What someone wrote in the thread of a dossier. */
export interface DossierMessage extends AboutDossier {
  readonly author: string;
  /** For whom the author wrote; else for the organisation. */
  readonly isFromStaff: boolean;
  /** Only those who instruct see it. */
  readonly isNote: boolean;
  readonly text: string;
  readonly postedAt: Date;
  /** Its reader instructs the dossier; else they are of the organisation. */
  readonly isToStaff: boolean;
}
