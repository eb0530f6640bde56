import { Injectable } from '@nestjs/common';
import type { Money } from '../../../kernel/money.js';
import type { Query } from '../../../platform/database/query.js';
import {
  FUNDING_LINE_STATES,
  isDecisionPublic,
  publicStatus,
  standingOf,
  TrancheLines,
  type EnvelopeRoom,
  type FundingLineState,
} from '../../funding/index.js';
import type { FoundCpo, ListedCpo, TrancheRow } from '../domain/cpo-listed.js';
import { trancheState, whyUnfunded, type TrancheState } from '../domain/tranche.js';
import { CpoReaderRepository } from '../persistence/cpo-reader.repository.js';

/** Who decides reads what is reserved and where; the organisation reads what it signed and what it was told. */
export type CpoReading = 'staff' | 'member';

export interface TrancheView {
  readonly year: number;
  readonly rank: number;
  readonly amountCents: Money;
  readonly state: TrancheState;
  readonly lineId: string;
  /** The line's own state; its public one for the organisation. */
  readonly lineStatus: string;
  readonly envelopeId: string | null;
  readonly reservedCents: Money | null;
  readonly committedCents: Money | null;
  /** Whether the accepted report on the year before has opened it; the first one is always open. */
  readonly open: boolean;
  /** Why it is unfunded. */
  readonly why: string | null;
}

export interface CpoView {
  /** Without version for the organisation: an internal act would move it. */
  readonly cpo: Omit<ListedCpo, 'version'> & { readonly version: number | null };
  readonly tranches: readonly TrancheView[];
}

@Injectable()
export class CpoViews {
  constructor(
    private readonly reader: CpoReaderRepository,
    private readonly trancheLines: TrancheLines,
  ) {}

  /** As who decides on it reads it, in the transaction of an act too. @throws NotFound */
  async ofDecider(query: Query, id: string): Promise<CpoView> {
    return this.of(query, await this.reader.find(query, id), 'staff');
  }

  async of(query: Query, found: FoundCpo, reading: CpoReading): Promise<CpoView> {
    const { cpo, funder } = found;
    const rows = await this.reader.tranches(query, cpo.id);
    if (reading === 'member') return { cpo: { ...cpo, version: null }, tranches: rows.map((row) => memberTranche(cpo, row)) };
    const unfunded = rows.filter((row) => stateOf(cpo, row) === 'unfunded').map(({ year }) => year);
    const rooms = unfunded.length === 0 ? [] : await this.trancheLines.rooms(query, { funder, actionId: cpo.actionId }, unfunded);
    return { cpo, tranches: rows.map((row) => staffTranche(cpo, row, rooms)) };
  }
}

function lineStateOf({ lineState }: TrancheRow): FundingLineState {
  const state = FUNDING_LINE_STATES.find((each) => each === lineState);
  if (state === undefined) throw new Error(`no line is ${lineState}`);
  return state;
}

const stateOf = (cpo: Pick<ListedCpo, 'state'>, row: TrancheRow): TrancheState => trancheState(cpo.state, standingOf(lineStateOf(row)));

function staffTranche(cpo: ListedCpo, row: TrancheRow, rooms: readonly EnvelopeRoom[]): TrancheView {
  const { year, rank, amountCents, lineId, envelopeId, reservedCents, committedCents } = row;
  const state = stateOf(cpo, row);
  return {
    ...{ year, rank, amountCents, state, lineId, envelopeId, reservedCents, committedCents },
    lineStatus: row.lineState,
    open: rank === 1 || row.reportAcceptedAt !== null,
    why: state === 'unfunded' ? whyUnfunded(row, rooms) : null,
  };
}

/** What is reserved, or confirmed and not told yet, looks planned. */
function memberTranche(cpo: ListedCpo, row: TrancheRow): TrancheView {
  const { year, rank, amountCents, lineId } = row;
  const [state, lineState] = [stateOf(cpo, row), lineStateOf(row)];
  const told = state === 'cancelled' || state === 'closed' || (state === 'confirmed' && isDecisionPublic(lineState));
  return {
    ...{ year, rank, amountCents, lineId },
    state: told ? state : 'planned',
    lineStatus: publicStatus(lineState),
    open: rank === 1 || row.reportAcceptedAt !== null,
    ...{ envelopeId: null, reservedCents: null, committedCents: null, why: null },
  };
}
