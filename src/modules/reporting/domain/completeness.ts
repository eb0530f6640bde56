import { inFrench, subtract, type Money } from '../../../kernel/money.js';
import { gapOf, isMainGap, totalsOf, type GapThreshold } from './financial-report.js';
import type { ReportContent, ReportRow } from './report.js';

export type ReportRule =
  | 'ROW_NOT_FILLED'
  | 'GAP_NOT_EXPLAINED'
  | 'IN_KIND_UNBALANCED'
  | 'SHARING_RULE_MISSING'
  | 'CARRIED_OUT_MISSING'
  | 'OBJECTIVES_MET_MISSING'
  | 'DATES_MISSING'
  | 'PLACES_MISSING'
  | 'BENEFICIARIES_MISSING'
  | 'INDICATOR_NOT_REALISED';

/** What stands between the report and its submission. Amounts when it is about two of them; the gap is left − right. */
export interface ReportViolation {
  readonly code: ReportRule;
  readonly pointer: string;
  readonly detail: string;
  readonly leftCents: Money | null;
  readonly rightCents: Money | null;
  readonly gapCents: Money | null;
}

/** Each rule that the report breaks, explained. `labelOf`: how a row is called. */
export function violationsOf(
  { content, rows }: { readonly content: ReportContent; readonly rows: readonly ReportRow[] },
  threshold: GapThreshold,
  labelOf: (row: ReportRow) => string,
): ReportViolation[] {
  return [...ofRows(rows, threshold, labelOf), ...ofTotals(content, rows), ...ofContent(content)];
}

function ofRows(rows: readonly ReportRow[], threshold: GapThreshold, labelOf: (row: ReportRow) => string): ReportViolation[] {
  return rows.flatMap((row): ReportViolation[] => {
    const name = labelOf(row);
    const pointer = pointerTo(rows, row);
    const gap = gapOf(row);
    if (gap === null) return [plain('ROW_NOT_FILLED', pointer, `Dites ce qui a été réalisé sur la ligne « ${name} », fût-ce zéro.`)];
    if (!isMainGap(row, threshold) || (row.explanation ?? '').trim() !== '') return [];
    const [planned, realised] = [inFrench(row.plannedCents ?? 0n), inFrench(row.realisedCents ?? 0n)];
    const share = gap.gapBasisPoints === null ? '' : ` (${percentInFrench(gap.gapBasisPoints)})`;
    const detail = `Expliquez l'écart de ${inFrench(gap.gapCents)}${share} sur la ligne « ${name} » : ${planned} prévus, ${realised} réalisés.`;
    const { gapCents } = gap;
    return [
      {
        code: 'GAP_NOT_EXPLAINED',
        pointer: `${pointer}/explanation`,
        detail,
        leftCents: row.realisedCents,
        rightCents: row.plannedCents,
        gapCents,
      },
    ];
  });
}

function ofTotals({ sharingRule }: ReportContent, rows: readonly ReportRow[]): ReportViolation[] {
  const { inKindChargesCents: used, inKindProductsCents: given } = totalsOf(rows);
  const violations: ReportViolation[] = [];
  if (used !== given) {
    const gapCents = subtract(used, given);
    const detail = `Le compte 86 réalisé (${inFrench(used)}) doit être égal au compte 87 (${inFrench(given)}) : l'écart est de ${inFrench(gapCents < 0n ? -gapCents : gapCents)}.`;
    violations.push({ code: 'IN_KIND_UNBALANCED', pointer: '/charges', detail, leftCents: used, rightCents: given, gapCents });
  }
  const shared = rows.some(({ account, realisedCents }) => account.startsWith('indirect') && realisedCents !== null && realisedCents > 0n);
  if (shared && sharingRule === '') {
    violations.push(
      plain('SHARING_RULE_MISSING', '/sharingRule', "Dites selon quelle règle les charges indirectes sont réparties sur l'action."),
    );
  }
  return violations;
}

function ofContent(content: ReportContent): ReportViolation[] {
  const asked: readonly (readonly [boolean, ReportRule, string, string])[] = [
    [content.carriedOut === '', 'CARRIED_OUT_MISSING', '/carriedOut', 'Décrivez ce qui a été mis en œuvre.'],
    [
      content.objectivesMet === '',
      'OBJECTIVES_MET_MISSING',
      '/objectivesMet',
      'Dites si les objectifs sont atteints, au regard des indicateurs.',
    ],
    [
      content.startedOn === null || content.endedOn === null,
      'DATES_MISSING',
      '/startedOn',
      "Donnez les dates de début et de fin de ce qui s'est tenu.",
    ],
    [content.places.length === 0, 'PLACES_MISSING', '/places', "Dites où l'action s'est tenue."],
    [content.beneficiaries === null, 'BENEFICIARIES_MISSING', '/beneficiaries', 'Dites combien de personnes en ont bénéficié.'],
  ];
  return [
    ...asked.flatMap(([missing, code, pointer, detail]) => (missing ? [plain(code, pointer, detail)] : [])),
    ...content.indicators.flatMap(({ label, realised }, index) =>
      realised === null ? [plain('INDICATOR_NOT_REALISED', `/indicators/${index}`, `Dites ce qui a été atteint pour « ${label} ».`)] : [],
    ),
  ];
}

const plain = (code: ReportRule, pointer: string, detail: string): ReportViolation => ({
  code,
  pointer,
  detail,
  leftCents: null,
  rightCents: null,
  gapCents: null,
});

function pointerTo(rows: readonly ReportRow[], row: ReportRow): string {
  const side = rows.filter((other) => other.side === row.side);
  return `/${row.side === 'charge' ? 'charges' : 'products'}/${side.indexOf(row)}`;
}

/** `-1250` basis points → `-12,50 %`. */
function percentInFrench(basisPoints: number): string {
  return `${(basisPoints / 100).toFixed(2).replace('.', ',')}\u00a0%`;
}
