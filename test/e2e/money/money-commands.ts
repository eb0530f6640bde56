import fc from 'fast-check';
import type { Person } from '../../builders/people.js';
import type { TestApp } from '../../setup/app.js';
import {
  adjusting,
  announcing,
  approving,
  proposing,
  refusing,
  releasing,
  type Expected,
  type ModelEnvelope,
  type ModelLine,
  type MoneyModel,
} from './money-model.js';

/** The real service, and the hands that act on it. */
export interface MoneyWorld {
  readonly app: TestApp;
  readonly callId: string;
  readonly coordinator: Person;
  /** Both propose and approve programme 147; neither approves what they proposed. */
  readonly staff: readonly [delegate: Person, prefecture: Person, otherPrefecture: Person];
  announce(): Promise<void>;
  prepareActs(): Promise<void>;
}

interface Step {
  /** What the model says will happen. */
  readonly expected: Expected;
  readonly send: () => Promise<{ readonly status: number; readonly body: unknown }>;
}

/** One act of the public API: refused for a reason that the model knows, or done as the model says. */
export class MoneyCommand implements fc.AsyncCommand<MoneyModel, MoneyWorld> {
  constructor(
    private readonly name: string,
    private readonly plan: (model: MoneyModel, world: MoneyWorld) => Step,
  ) {}

  check(): boolean {
    return true;
  }

  async run(model: MoneyModel, world: MoneyWorld): Promise<void> {
    const { expected, send } = this.plan(model, world);
    const { status, body } = await send();
    const { code } = body as { code?: string };
    if (typeof expected === 'function') {
      if (status >= 300) throw new Error(`${this.name}: the model allows it, refused with ${String(code)}`);
      expected();
    } else if (status < 400 || !expected.includes(String(code))) {
      throw new Error(`${this.name}: answered ${status} ${String(code)}, where the model refuses with ${expected.join(' or ')}`);
    }
  }

  toString(): string {
    return this.name;
  }
}

export const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index % list.length];
  if (found === undefined) throw new Error('nothing to choose from');
  return found;
};

export async function act(
  world: MoneyWorld,
  by: Person,
  kind: 'funding-lines' | 'envelopes' | 'acts',
  id: string,
  verb: string,
  body: object,
) {
  const read = kind === 'funding-lines' ? world.coordinator : at(world.staff, 1);
  const { body: now } = await world.app.http.get(`/v1/${kind}/${id}`).set(read.auth);
  const { version } = now as { version: number };
  return world.app.http.post(`/v1/${kind}/${id}/${verb}`).set(by.auth).set('If-Match', `"${version}"`).send(body);
}

interface Pick {
  readonly words: string;
  readonly of: (model: MoneyModel) => ModelLine;
}

/** Most often a line in one of these states, if there is one: else most acts would only be refused. Any line, now and then. */
export const anyLine = (states: readonly string[]): fc.Arbitrary<Pick> =>
  fc.tuple(fc.nat({ max: 7 }), fc.integer({ min: 1, max: 5 })).map(([index, chance]) => ({
    words: `line ${index}${chance > 1 ? ` of those ${states.join(' or ')}` : ''}`,
    of: ({ lines }) => {
      const apt = lines.filter(({ state }) => states.includes(state));
      return at(chance > 1 && apt.length > 0 ? apt : lines, index);
    },
  }));

const UNDECIDED_STATES = ['requested', 'instructed'];
const envelope = fc.nat({ max: 2 });
const who = fc.nat({ max: 2 });
export const amount = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(0, 1, 1_000, 1_001) },
  { weight: 3, arbitrary: fc.nat({ max: 1_100 }) },
);

/** Every act on money that people have before the announcement, in any order. */
export const DECISIONS: fc.Arbitrary<MoneyCommand>[] = [
  fc.tuple(anyLine(UNDECIDED_STATES), envelope, amount, who).map(
    ([l, e, cents, p]) =>
      new MoneyCommand(`propose ${cents} for ${l.words} on envelope ${e} by ${p}`, (model, world) => {
        const [chosen, from, by] = [l.of(model), at(model.envelopes, e), at(world.staff, p)];
        return {
          expected: proposing(chosen, from, cents, by.id),
          send: () => act(world, by, 'funding-lines', chosen.id, 'propose', { amountCents: cents, envelopeId: from.id }),
        };
      }),
  ),
  fc.tuple(anyLine(['proposed']), amount, fc.constantFrom(1, 2), fc.boolean()).map(
    ([l, cents, p, asProposed]) =>
      new MoneyCommand(`approve ${asProposed ? 'as proposed' : cents} for ${l.words} by ${p}`, (model, world) => {
        const [chosen, by] = [l.of(model), at(world.staff, p)];
        const granted = asProposed ? chosen.proposed : cents;
        return {
          expected: approving(chosen, granted, by.id),
          send: () => act(world, by, 'funding-lines', chosen.id, 'approve', { amountCents: granted }),
        };
      }),
  ),
  fc
    .tuple(
      anyLine(['proposed', 'approved']),
      fc.constantFrom<readonly [string, (of: ModelLine) => Expected]>(['refuse', refusing], ['release', releasing]),
    )
    .map(
      ([l, [verb, expected]]) =>
        new MoneyCommand(`${verb} ${l.words}`, (model, world) => {
          const chosen = l.of(model);
          const send = () => act(world, at(world.staff, 1), 'funding-lines', chosen.id, verb, { reason: 'Au hasard' });
          return { expected: expected(chosen), send };
        }),
    ),
  fc.tuple(envelope, fc.integer({ min: -2_000, max: 2_000 })).map(
    ([e, cents]) =>
      new MoneyCommand(`${cents < 0 ? 'decrease' : 'increase'} envelope ${e} by ${Math.abs(cents)}`, (model, world) => {
        const chosen: ModelEnvelope = at(model.envelopes, e);
        const body = { aeCents: Math.abs(cents), cpCents: Math.abs(cents), reason: 'Au hasard' };
        const send = () => act(world, at(world.staff, 1), 'envelopes', chosen.id, cents < 0 ? 'decrease' : 'increase', body);
        return { expected: adjusting(chosen, cents), send };
      }),
  ),
  fc.constant(
    new MoneyCommand('announce the results', (model, world) => ({
      expected: announcing(model.lines),
      send: async () => {
        await world.announce();
        return { status: 200, body: {} };
      },
    })),
  ),
];
