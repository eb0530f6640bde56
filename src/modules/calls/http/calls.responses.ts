import { toJson } from '../../../kernel/money.js';
import { CalendarDay, Cents, Instant, NestedList, OneOf, Text, TextList, Uuid, WholeNumber } from '../../../platform/http/fields.js';
import { inParis } from '../domain/call.js';
import type { CallSeen } from '../domain/call-content.js';
import { CALL_STATUS_LABELS, type CallStatus } from '../domain/call.transitions.js';
import type { Extension } from '../domain/extension.js';
import { TRACK_CODES, TRACK_LABELS, type TrackCode } from '../domain/track.js';

const TIME_ZONE = 'Europe/Paris';
const LOCAL = { max: 100, example: '30 novembre 2026 à 12:00 (heure de Paris, UTC+1)' } as const;

export class TrackResponse {
  @OneOf(TRACK_CODES) code!: TrackCode;
  @Text({ max: 300 }) label!: string;
}

export class CallResponse {
  @Uuid() id!: string;
  @WholeNumber({ min: 1, max: 2_147_483_647 }) version!: number;
  @Text({ max: 300 }) title!: string;
  @WholeNumber({ min: 2024, max: 2100 }) year!: number;
  @OneOf(Object.keys(CALL_STATUS_LABELS)) status!: CallStatus;
  @Text({ max: 100, description: 'L’état, en français' }) statusLabel!: string;
  @Instant() opensAt!: string;
  @Instant({ description: 'Dernier instant compris' }) closesAt!: string;
  @OneOf([TIME_ZONE]) timeZone!: string;
  @Text(LOCAL) opensAtLocal!: string;
  @Text(LOCAL) closesAtLocal!: string;
  @WholeNumber({ min: 0, max: 10_080 }) graceMinutes!: number;
  @Instant({ nullable: true, description: 'Quand la coordination l’a fermé elle-même' }) closedAt!: string | null;
  @Instant({ nullable: true }) publishedAt!: string | null;
  @TextList({ max: 50, each: 20 }) orientationCodes!: readonly string[];
  @WholeNumber({ min: 1, max: 100 }) publicMoneyCeilingPercent!: number;
  @NestedList(() => TrackResponse, { max: 4 }) tracks!: TrackResponse[];
  @WholeNumber({ min: 1, max: 24 }) implicitRejectionMonths!: number;
  @CalendarDay({ nullable: true }) reportDueOn!: string | null;
  @WholeNumber({ min: 0, max: 100, description: 'Écart au budget à partir duquel un bilan s’explique, en %' }) reportGapPercent!: number;
  @Cents({ description: 'Plus petit écart au budget qu’un bilan explique' }) reportGapCents!: number;
  @Text({ max: 20_000, nullable: true }) notes!: string | null;
}

export class ExtensionResponse {
  @Uuid() id!: string;
  @Uuid() organisationId!: string;
  @Instant({ description: 'Dernier instant compris' }) until!: string;
  @OneOf([TIME_ZONE]) timeZone!: string;
  @Text(LOCAL) untilLocal!: string;
  @Text({ max: 2000 }) reason!: string;
  @Instant() grantedAt!: string;
}

export function toCallResponse(call: CallSeen): CallResponse {
  return {
    id: call.id,
    version: call.version,
    title: call.title,
    year: call.year,
    status: call.status,
    statusLabel: CALL_STATUS_LABELS[call.status],
    opensAt: call.opensAt.toISOString(),
    closesAt: call.closesAt.toISOString(),
    timeZone: TIME_ZONE,
    opensAtLocal: inParis(call.opensAt),
    closesAtLocal: inParis(call.closesAt),
    graceMinutes: call.graceMinutes,
    closedAt: call.closedAt?.toISOString() ?? null,
    publishedAt: call.publishedAt?.toISOString() ?? null,
    orientationCodes: call.orientationCodes,
    publicMoneyCeilingPercent: call.publicMoneyCeilingPercent,
    tracks: call.trackCodes.map((code) => ({ code, label: TRACK_LABELS[code] })),
    implicitRejectionMonths: call.implicitRejectionMonths,
    reportDueOn: call.reportDueOn,
    reportGapPercent: call.reportGapPercent,
    reportGapCents: toJson(call.reportGapCents),
    notes: call.notes,
  };
}

export function toExtensionResponse({ id, organisationId, until, reason, grantedAt }: Extension): ExtensionResponse {
  return {
    id,
    organisationId,
    until: until.toISOString(),
    timeZone: TIME_ZONE,
    untilLocal: inParis(until),
    reason,
    grantedAt: grantedAt.toISOString(),
  };
}
