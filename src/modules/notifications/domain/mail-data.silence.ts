import type { Day } from '../../../kernel/day.js';
import type { AboutDossier } from './mail-parts.js';

export interface ComplementLapsed extends AboutDossier {
  /** What had been asked. */
  readonly reason: string;
  /** The day by which the answer was asked. */
  readonly dueOn: Day;
  readonly implicitRejectionOn: Day;
}

export type ComplementUnanswered = ComplementLapsed;
