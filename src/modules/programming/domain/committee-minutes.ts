import { groupBy } from '../../../kernel/group-by.js';
import { toJson } from '../../../kernel/money.js';
import type { AgendaRow } from './agenda-row.js';
import { COMMITTEE_DECISIONS, type CommitteeDecisionKind } from './committee-decision.js';
import { presentOf, type Committee } from './committee.js';

export interface MinutesLine {
  readonly position: number;
  readonly lineId: string;
  readonly dossierNumber: string;
  readonly actionTitle: string;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly funderCode: string;
  readonly year: number;
  readonly scheme: string | null;
  readonly requestedCents: number;
  readonly decision: CommitteeDecisionKind;
  readonly amountCents: number | null;
  /** Of the envelope it is proposed on. */
  readonly programme: string | null;
  readonly reason: string | null;
}

export interface MinutesTotal {
  readonly name: string;
  readonly lines: number;
  readonly amountCents: number;
}

/** What the minutes say, word for word. Amounts are integers of cents, exact under 2^53, so that what is read is what is hashed. */
export interface MinutesContent {
  readonly session: {
    readonly id: string;
    readonly title: string;
    readonly heldOn: string;
    readonly place: string | null;
    readonly callTitle: string;
    readonly callYear: number;
    readonly openedAt: string;
    readonly appliedAt: string;
    readonly closedAt: string;
  };
  readonly quorum: { readonly required: number; readonly present: number; readonly members: number };
  readonly members: readonly {
    readonly name: string;
    readonly institution: string;
    readonly funderCode: string | null;
    readonly present: boolean;
  }[];
  readonly recusals: readonly {
    readonly member: string;
    readonly organisationId: string;
    readonly organisationName: string;
    readonly reason: string;
    readonly source: 'declared' | 'automatic';
  }[];
  readonly adoptedScenario: string | null;
  readonly lines: readonly MinutesLine[];
  readonly totals: {
    readonly decisions: Readonly<Record<CommitteeDecisionKind, MinutesTotal>>;
    readonly funders: readonly MinutesTotal[];
    readonly envelopes: readonly MinutesTotal[];
  };
}

export interface MinutesFacts {
  readonly committee: Committee;
  readonly call: { readonly title: string; readonly year: number };
  readonly adoptedScenario: string | null;
  readonly rows: readonly AgendaRow[];
  /** Of organisations that someone is recused from. */
  readonly organisationNames: ReadonlyMap<string, string>;
  readonly closedAt: Date;
}

/** What was decided, once it is applied. */
export function minutesContent({ committee, call, adoptedScenario, rows, organisationNames, closedAt }: MinutesFacts): MinutesContent {
  const { id, title, heldOn, place, quorum, openedAt, appliedAt, members, recusals } = committee;
  if (openedAt === null || appliedAt === null) throw new Error('minutes are of a session held and applied');
  const lines = rows.map(toMinutesLine);
  const nameOf = new Map(members.map((member) => [member.id, member.name]));
  return {
    session: {
      ...{ id, title, heldOn, place, callTitle: call.title, callYear: call.year },
      ...{ openedAt: openedAt.toISOString(), appliedAt: appliedAt.toISOString(), closedAt: closedAt.toISOString() },
    },
    quorum: { required: quorum, present: presentOf(committee), members: members.length },
    members: members.map(({ name, institution, funderCode, present }) => ({ name, institution, funderCode, present: present === true })),
    recusals: recusals.map(({ memberId, organisationId, reason, source }) => ({
      member: nameOf.get(memberId) ?? '',
      organisationId,
      organisationName: organisationNames.get(organisationId) ?? '',
      ...{ reason, source },
    })),
    adoptedScenario,
    lines,
    totals: {
      decisions: Object.fromEntries(
        COMMITTEE_DECISIONS.map((kind) => [
          kind,
          totalOf(
            kind,
            lines.filter(({ decision }) => decision === kind),
          ),
        ]),
      ) as Record<CommitteeDecisionKind, MinutesTotal>,
      funders: totalsBy(lines, ({ funderCode }) => funderCode),
      envelopes: totalsBy(lines, ({ funderCode, programme, year }) =>
        programme === null ? null : `${funderCode} · ${programme} · ${year}`,
      ),
    },
  };
}

function toMinutesLine(row: AgendaRow): MinutesLine {
  const { position, lineId, dossierNumber, actionTitle, organisationId, organisationName, funderCode, year, scheme, decision } = row;
  if (decision === null) throw new Error('every line of an applied session is decided');
  return {
    ...{ position, lineId, dossierNumber, actionTitle, organisationId, organisationName, funderCode, year, scheme, decision },
    requestedCents: toJson(row.requestedCents),
    amountCents: row.amountCents === null ? null : toJson(row.amountCents),
    programme: row.programme,
    reason: row.reason,
  };
}

function totalsBy(lines: readonly MinutesLine[], nameOf: (line: MinutesLine) => string | null): MinutesTotal[] {
  const proposed = lines.filter(({ decision }) => decision === 'proposed');
  return [...groupBy(proposed, nameOf)]
    .flatMap(([name, group]) => (name === null ? [] : [totalOf(name, group)]))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function totalOf(name: string, lines: readonly MinutesLine[]): MinutesTotal {
  const amount = lines.reduce((sum, { amountCents }) => sum + BigInt(amountCents ?? 0), 0n);
  return { name, lines: lines.length, amountCents: toJson(amount) };
}
