import { cents } from '../../../kernel/money.js';
import { CalendarDay, Cents, Instant, OneOf, Text, TextList, Uuid, WholeNumber } from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/paging.js';
import { DEFAULTS, type CallContent } from '../domain/call-content.js';
import type { CallChanges } from '../domain/call-change.js';
import { CALL_STATUS_LABELS, type CallStatus } from '../domain/call.transitions.js';
import { DEFAULT_TRACKS, TRACK_CODES, type TrackCode } from '../domain/track.js';

const YEAR = { min: 2024, max: 2100, description: 'Année des actions' } as const;
const OPENS = { description: 'Ouverture, avec son décalage horaire', example: '2026-10-01T09:00:00+02:00' } as const;
const CLOSES = { description: 'Dernier instant compris, avec son décalage horaire', example: '2026-11-30T12:00:00+01:00' } as const;
const GRACE = { min: 0, max: 10_080, description: 'Minutes laissées après la fermeture aux dossiers déjà commencés' } as const;
const ORIENTATIONS = { max: 50, each: 20, description: 'Orientations retenues cette année', example: ['O1', 'O5'] } as const;
const CEILING = { min: 1, max: 100, optional: true, description: 'Part maximale d’argent public dans les produits, en %' } as const;
const TRACKS = { max: 4, min: 1, each: 20, oneOf: TRACK_CODES, optional: true, description: 'Volets' } as const;
const NOTES = { max: 20_000, optional: true, nullable: true, description: 'Ce que les porteurs doivent savoir' } as const;
const REJECTION = { min: 1, max: 24, optional: true, description: 'Mois au bout desquels le silence vaut rejet' } as const;
const GAP_PERCENT = { min: 0, max: 100, optional: true, description: 'Écart au budget à partir duquel un bilan s’explique, en %' } as const;
const GAP_CENTS = { optional: true, description: 'Plus petit écart au budget qu’un bilan explique' } as const;
const REPORT = { optional: true, nullable: true, description: 'Échéance des bilans' } as const;

export class CreateCallRequest {
  @Text({ max: 300 }) title!: string;
  @WholeNumber(YEAR) year!: number;
  @Instant(OPENS) opensAt!: string;
  @Instant(CLOSES) closesAt!: string;
  @WholeNumber(GRACE) graceMinutes!: number;
  @TextList(ORIENTATIONS) orientationCodes!: string[];
  @WholeNumber(CEILING) publicMoneyCeilingPercent?: number;
  @TextList(TRACKS) tracks?: TrackCode[];
  @Text(NOTES) notes?: string | null;
  @WholeNumber(REJECTION) implicitRejectionMonths?: number;
  @CalendarDay(REPORT) reportDueOn?: string | null;
  @WholeNumber(GAP_PERCENT) reportGapPercent?: number;
  @Cents(GAP_CENTS) reportGapCents?: number;
}

export class ChangeCallRequest {
  @Text({ max: 300, optional: true }) title?: string;
  @WholeNumber({ ...YEAR, optional: true }) year?: number;
  @Instant({ ...OPENS, optional: true }) opensAt?: string;
  @Instant({ ...CLOSES, optional: true }) closesAt?: string;
  @WholeNumber({ ...GRACE, optional: true }) graceMinutes?: number;
  @TextList({ ...ORIENTATIONS, optional: true }) orientationCodes?: string[];
  @WholeNumber(CEILING) publicMoneyCeilingPercent?: number;
  @TextList(TRACKS) tracks?: TrackCode[];
  @Text(NOTES) notes?: string | null;
  @WholeNumber(REJECTION) implicitRejectionMonths?: number;
  @CalendarDay(REPORT) reportDueOn?: string | null;
  @WholeNumber(GAP_PERCENT) reportGapPercent?: number;
  @Cents(GAP_CENTS) reportGapCents?: number;
}

export class GrantExtensionRequest {
  @Uuid() organisationId!: string;
  @Instant({ description: 'Dernier instant compris pour cette structure' }) until!: string;
  @Text({ max: 2000, description: 'Pourquoi cette structure a plus de temps' }) reason!: string;
}

export class CallsQuery extends ListQuery {
  @WholeNumber({ ...YEAR, optional: true, query: true }) year?: number;
  @OneOf(Object.keys(CALL_STATUS_LABELS), { optional: true, description: 'État à l’instant de la lecture' }) status?: CallStatus;
}

export function toCallContent({
  tracks,
  opensAt,
  closesAt,
  notes,
  reportDueOn,
  reportGapCents,
  ...request
}: CreateCallRequest): CallContent {
  return {
    ...DEFAULTS,
    ...request,
    ...(reportGapCents === undefined ? {} : { reportGapCents: cents(reportGapCents) }),
    opensAt: new Date(opensAt),
    closesAt: new Date(closesAt),
    trackCodes: tracks === undefined ? DEFAULT_TRACKS : inOrder(tracks),
    notes: notes ?? null,
    reportDueOn: reportDueOn ?? null,
  };
}

/** Only what was sent. */
export function toCallChanges({ tracks, opensAt, closesAt, reportGapCents, ...request }: ChangeCallRequest): CallChanges {
  return {
    ...request,
    ...(reportGapCents === undefined ? {} : { reportGapCents: cents(reportGapCents) }),
    ...(tracks === undefined ? {} : { trackCodes: inOrder(tracks) }),
    ...(opensAt === undefined ? {} : { opensAt: new Date(opensAt) }),
    ...(closesAt === undefined ? {} : { closesAt: new Date(closesAt) }),
  };
}

const inOrder = (tracks: readonly TrackCode[]): TrackCode[] => TRACK_CODES.filter((code) => tracks.includes(code));
