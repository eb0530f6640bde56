import type fc from 'fast-check';
import type { Response } from 'supertest';
import type { Person } from '../../../builders/people.js';
import type { Expected, FunderCode, ModelAction, ModelEnvelope, ModelLine, MoneyModel } from '../model/money-model.js';
import type { MoneyWorld } from '../world.js';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export interface Step {
  /** What the model says will happen. */
  readonly expected: Expected;
  readonly send: (world: MoneyWorld) => Promise<Answer>;
}

interface Problem {
  readonly code?: string;
  readonly errors?: readonly { readonly pointer: string }[];
}

/** One act of the public API: refused for a reason that the model knows, or done as the model says. */
export class MoneyCommand implements fc.AsyncCommand<MoneyModel, MoneyWorld> {
  /** `plan`: null when there is nothing to ask it of. */
  constructor(
    readonly kind: string,
    private readonly words: string,
    private readonly plan: (model: MoneyModel) => Step | null,
  ) {}

  check(model: Readonly<MoneyModel>): boolean {
    return this.plan(model) !== null;
  }

  async run(model: MoneyModel, world: MoneyWorld): Promise<void> {
    const step = this.plan(model);
    if (step === null) throw new Error(`${this.toString()} was not checked`);
    const { status, body } = await step.send(world);
    const { expected } = step;
    const { code, errors = [] } = body as Problem;
    const isDone = typeof expected === 'function';
    if (isDone) {
      if (status >= 300)
        throw new Error(`${this.toString()}: the model allows it, refused with ${String(code)}: ${JSON.stringify(errors)}`);
      expected(body as never);
    } else if (status < 400 || status >= 500 || !expected.codes.includes(String(code))) {
      throw new Error(
        `${this.toString()}: answered ${status} ${String(code)}, where the model refuses with ${expected.codes.join(' or ')}`,
      );
    } else if (expected.pointers) {
      const named = [...new Set(errors.map(({ pointer }) => pointer))].sort().join(', ');
      const known = [...new Set(expected.pointers)].sort().join(', ');
      if (named !== known) throw new Error(`${this.toString()}: refuses ${named}, where the model says ${known}`);
    }
    world.reach.count(this.kind, isDone);
    await world.watch.look(model, this.toString());
  }

  toString(): string {
    return `${this.kind} ${this.words}`.trim();
  }
}

export const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index % list.length];
  if (found === undefined) throw new Error('nothing to choose from');
  return found;
};

/** A choice that can be made in any model, by the same words. */
export interface Pick<T, Of = MoneyModel> {
  readonly words: string;
  readonly of: (from: Of) => T | undefined;
}

export type LinePick = Pick<ModelLine>;
export type EnvelopePick = (model: MoneyModel, line: ModelLine) => ModelEnvelope | null;

type Versioned = 'funding_lines' | 'envelopes' | 'acts' | 'cpos' | 'reports' | 'repayments' | 'committees' | 'scenarios';

const PATHS: Readonly<Record<Versioned, string>> = {
  ...{ funding_lines: 'funding-lines', envelopes: 'envelopes', acts: 'acts', cpos: 'cpos', reports: 'reports', repayments: 'repayments' },
  ...{ committees: 'committees', scenarios: 'scenarios' },
};

/** One act on something, at the version it has. `verb`: the rest of its path, if any. */
export async function act(
  { app }: MoneyWorld,
  by: Person,
  [table, id]: readonly [Versioned, string],
  verb: string,
  body: object = {},
  method: 'post' | 'put' | 'patch' = 'post',
): Promise<Response> {
  const [row] = await app.query<{ version: number }>(`SELECT version FROM ${table} WHERE id = $1`, [id]);
  const path = `/v1/${PATHS[table]}/${id}${verb === '' ? '' : `/${verb}`}`;
  return app.http[method](path)
    .set(by.auth)
    .set('If-Match', `"${row?.version ?? 0}"`)
    .send(body);
}

export const ok = (body: object = {}): Answer => ({ status: 200, body });

/** Who decides on the lines, and keeps the envelopes, of a funder. */
export const deciderOf = ({ hands }: MoneyModel, funder: FunderCode): Person => (funder === 'CD94' ? hands.partner : hands.staff[1]);

export function applicantsOf({ hands }: MoneyModel, action: ModelAction): { readonly editor: Person; readonly signatory: Person } {
  const people = hands.applicants.get(action);
  if (!people) throw new Error('every action has its people');
  return people;
}
