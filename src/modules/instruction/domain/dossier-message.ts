import { DossierNotFiled, NoteForStaffOnly, ThreadClosed } from './dossier-message.errors.js';

/** For whom its author speaks. */
export const MESSAGE_SIDES = ['organisation', 'administration'] as const;
export type MessageSide = (typeof MESSAGE_SIDES)[number];

/** `staff`: an internal note, that the organisation never sees. */
export const MESSAGE_VISIBILITIES = ['all', 'staff'] as const;
export type MessageVisibility = (typeof MESSAGE_VISIBILITIES)[number];

/** In UTF-16 units, as every text of a request is counted. */
export const LONGEST_MESSAGE = 4000;

/** Written once and for ever: it is part of the file. */
export interface DossierMessage {
  readonly id: string;
  readonly dossierId: string;
  readonly authorId: string;
  readonly side: MessageSide;
  readonly visibility: MessageVisibility;
  readonly text: string;
  readonly postedAt: Date;
}

const MEMBER_ROLES: ReadonlySet<string> = new Set(['applicant', 'signatory', 'organisation-administrator']);

/** States in which nothing more is expected of anybody. An inadmissible dossier still has questions. */
const ENDED: ReadonlySet<string> = new Set(['withdrawn', 'closed-out', 'no-further-action']);

/** Whoever is of the organisation speaks for it, whatever else they are: its own people do not instruct it. */
export function sideOf(roles: ReadonlySet<string>): MessageSide {
  return [...roles].some((role) => MEMBER_ROLES.has(role)) ? 'organisation' : 'administration';
}

/** @throws NoteForStaffOnly */
export function assertMayShowTo(side: MessageSide, visibility: MessageVisibility): void {
  if (side === 'organisation' && visibility === 'staff') throw new NoteForStaffOnly();
}

/**
 * Whether something may still be written about the dossier. Of one that was never submitted the administration knows nothing: what its people
 * wrote there would be read by nobody. @throws ThreadClosed, DossierNotFiled
 */
export function assertThreadOpen({ state, submittedAt }: { readonly state: string; readonly submittedAt: Date | null }): void {
  if (ENDED.has(state)) throw new ThreadClosed();
  if (submittedAt === null) throw new DossierNotFiled();
}
