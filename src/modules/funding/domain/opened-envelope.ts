import { Unprocessable } from '../../../kernel/errors.js';
import type { MovementKind, Envelope } from './envelope.js';
import type { Funder } from './funder.js';
import type { Perimeter, Scope } from '../../../kernel/scope.js';

/**
 * An envelope with what it is for: one funder, one programme, one fiscal year, one département (programme 147 keeps 94 and 91 apart); a
 * sub-envelope, besides, one sector or one commune of its parent's.
 */
export interface OpenedEnvelope extends Envelope {
  readonly id: string;
  readonly funderId: string;
  readonly funderCode: string;
  readonly funderName: string;
  readonly programme: string;
  readonly year: number;
  readonly departmentCode: string | null;
  /** The envelope that delegates to it; null when it is no sub-envelope. */
  readonly parentId: string | null;
  readonly sectorCode: string | null;
  readonly inseeCode: string | null;
}

/** One line of the ledger as its readers see it. */
export interface RecordedMovement {
  readonly id: string;
  readonly position: bigint;
  readonly kind: MovementKind;
  readonly aeCents: bigint;
  readonly cpCents: bigint;
  readonly fundingLineId: string | null;
  readonly dossierId: string | null;
  readonly dossierNumber: string | null;
  /** The envelope at the other end: where the credit went, or came from. */
  readonly counterpartEnvelopeId: string | null;
  readonly reason: string | null;
  /** Of the decision that it follows, when it has one. */
  readonly reference: string | null;
  readonly actorId: string;
  readonly actorName: string;
  readonly at: Date;
}

export class UnknownFunder extends Unprocessable {
  constructor() {
    const sentence = 'Ce financeur n’existe pas : choisissez-en un dans la liste des financeurs.';
    super('UNKNOWN_REFERENCE', sentence, [{ pointer: '/funderId', code: 'UNKNOWN_REFERENCE', detail: sentence }]);
  }
}

export class WrongDepartment extends Unprocessable {
  constructor(funder: string, departmentCode: string) {
    const sentence = `« ${funder} » ne finance que dans le département ${departmentCode}.`;
    super('WRONG_DEPARTMENT', sentence, [{ pointer: '/department', code: 'WRONG_DEPARTMENT', detail: sentence }]);
  }
}

/** The envelope is another funder's, or of another year or département than the line. */
export class WrongEnvelope extends Unprocessable {
  constructor(funder: string, year: number) {
    const sentence = `Cette enveloppe n’est pas celle de « ${funder} » pour ${year} : choisissez-en une de ce financeur et de cette année.`;
    super('WRONG_ENVELOPE', sentence, [{ pointer: '/envelopeId', code: 'WRONG_ENVELOPE', detail: sentence }]);
  }
}

/** The sub-envelope is of a sector or commune where the line's action does not take place. */
export class OutsideSubEnvelope extends Unprocessable {
  constructor() {
    const sentence =
      'Cette sous-enveloppe est celle d’un secteur ou d’une commune où l’action n’a pas lieu : choisissez-en une de ses lieux, ou l’enveloppe mère.';
    super('OUTSIDE_SUB_ENVELOPE', sentence, [{ pointer: '/envelopeId', code: 'OUTSIDE_SUB_ENVELOPE', detail: sentence }]);
  }
}

/** What says which lines an envelope pays; it never changes. */
export type EnvelopeIdentity = Pick<OpenedEnvelope, 'funderId' | 'year' | 'departmentCode'>;

/** An envelope pays the lines of its funder, of its year and of the département of that funder, if it has only one. */
export function pays(
  envelope: EnvelopeIdentity,
  {
    line,
    funder,
  }: { readonly line: { readonly funderId: string; readonly year: number }; readonly funder: Pick<Funder, 'departmentCode'> },
): boolean {
  return (
    envelope.funderId === line.funderId &&
    envelope.year === line.year &&
    (funder.departmentCode === null || envelope.departmentCode === funder.departmentCode)
  );
}

/** Who keeps the envelopes of a funder: the prefecture of its département for programme 147, else the funder's own people. */
export function keepersOf(funder: Funder): Perimeter {
  if (funder.isProgramme147) return funder.departmentCode === null ? [] : [{ kind: 'department', code: funder.departmentCode }];
  const own: Scope = { kind: 'funder', code: funder.code };
  return funder.inseeCode === null ? [own] : [own, { kind: 'commune', code: funder.inseeCode }];
}

/** The département that an envelope counts for; null when its funder acts in both and none is named. @throws WrongDepartment */
export function departmentOf(funder: Funder, asked: string | undefined): string | null {
  if (funder.departmentCode !== null && asked !== undefined && asked !== funder.departmentCode) {
    throw new WrongDepartment(funder.name, funder.departmentCode);
  }
  return asked ?? funder.departmentCode;
}
