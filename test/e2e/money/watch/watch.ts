import { MONEY_INVARIANTS } from '../../../../src/money-invariants.js';
import { checkInvariants } from '../../../../src/platform/database/invariants.js';
import type { Query } from '../../../../src/platform/database/query.js';
import { committedOf, pocketUse, reservedOf, type ModelEnvelope, type ModelLine, type MoneyModel } from '../model/money-model.js';
import { ACROSS_TIME } from './across-time.js';
import { snapshot, type SeenEnvelope, type SeenLine, type Snapshot } from './snapshot.js';

/** Looks at the money after each act: it is where the model says, to the cent, and nothing happened to it that must not. */
export class MoneyWatch {
  private constructor(
    private readonly query: Query,
    private last: Snapshot,
  ) {}

  static async begin(query: Query): Promise<MoneyWatch> {
    return new MoneyWatch(query, await snapshot(query));
  }

  /** @throws Error with every difference and every fault */
  async look(model: MoneyModel, afterWhat: string): Promise<void> {
    const now = await snapshot(this.query);
    const faults = Object.entries(ACROSS_TIME).flatMap(([name, watch]) => watch(this.last, now).map((fault) => `${name}: ${fault}`));
    this.last = now;
    const found = [...faults, ...differences(model, now)];
    if (found.length > 0) throw new Error(`after « ${afterWhat} »:\n${found.join('\n')}`);
  }

  /** Everything that must hold at any instant. @throws Error with every fault */
  async search(): Promise<void> {
    const broken = (await checkInvariants(this.query, MONEY_INVARIANTS)).filter(({ faults }) => faults.length > 0);
    if (broken.length > 0) {
      throw new Error(broken.map(({ invariant, faults }) => `${invariant}: ${faults.map((fault) => show(fault)).join(' ')}`).join('\n'));
    }
  }
}

const show = (value: object): string => JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? Number(each) : each));

const ofLine = (line: ModelLine) => ({
  ...{ state: line.state, granted: line.granted, paid: line.paid, reserved: reservedOf(line), committed: committedOf(line) },
  ...{ envelopeId: line.envelope?.id ?? null, held: line.held },
});
const ofSeenLine = ({ state, granted, paid, reserved, committed, envelopeId, held }: SeenLine): ReturnType<typeof ofLine> => ({
  ...{ state, granted, paid, reserved, committed, envelopeId, held },
});
const ofEnvelope = ({ ceiling, reserved, committed, delegated, paid }: ModelEnvelope | SeenEnvelope) => ({
  ...{ ceiling, reserved, committed, delegated, paid },
});

/** Where the database and the model disagree. */
function differences(model: MoneyModel, seen: Snapshot): readonly string[] {
  const compare = (what: string, believed: object, found: object | undefined): string[] =>
    found !== undefined && show(believed) === show(found)
      ? []
      : [`${what}: ${found ? show(found) : 'none'}, where the model has ${show(believed)}`];
  const [lines, envelopes] = [new Map(seen.lines.map((line) => [line.id, line])), new Map(seen.envelopes.map((each) => [each.id, each]))];
  const { cpo, cpoLines } = model;
  const years = cpo === null ? [] : seen.tranches.filter(({ cpoId }) => cpoId === cpo.id).sort((a, b) => a.year - b.year);
  return [
    ...model.lines.flatMap((line, rank) => {
      const found = lines.get(line.id);
      return compare(`line ${rank}`, ofLine(line), found && ofSeenLine(found));
    }),
    ...model.envelopes.flatMap((envelope, rank) => {
      const found = envelopes.get(envelope.id);
      return compare(`envelope ${rank}`, ofEnvelope(envelope), found && ofEnvelope(found));
    }),
    ...compare('pockets', { use: pocketUse(model) }, { use: seen.pocketUse }),
    ...(cpo === null
      ? []
      : compare(
          'CPO',
          cpoLines.map((_, rank) => [cpo.state, cpo.amounts[rank], cpo.confirmed[rank]]),
          years.map(({ state, cents, confirmed }) => [state, cents, confirmed]),
        )),
  ];
}
