import { newId } from '../../src/kernel/id.js';
import { QUEUE_RULES } from '../../src/platform/queue/index.js';
import type { TestApp } from '../setup/app.js';
import { HURRIED } from './hurried-rules.js';
import type { Verdict } from './verdict.js';

/** Events that no handler can do anything with: what they name is missing, or is no id. */
const DOSES = [
  { queue: 'events', type: 'dossier.submitted.v1', payload: {} },
  { queue: 'mail', type: 'mail.due.v1', payload: { deliveryId: 'rien' } },
] as const;

/** An event that was given up. */
export interface DeadLetter {
  readonly id: string;
  readonly type: string;
  readonly tries: number;
  readonly cause: string | null;
}

/** Events that fail each time they are handled. */
export class Poison {
  /** Id → how often it is handled before it is given up. */
  private readonly poured = new Map<string, number>();

  constructor(private readonly app: TestApp) {}

  get count(): number {
    return this.poured.size;
  }

  async pour(): Promise<void> {
    for (const { queue, type, payload } of DOSES) {
      const id = newId();
      this.poured.set(id, HURRIED[queue]?.maxTries ?? QUEUE_RULES[queue].maxTries);
      await this.app.query('INSERT INTO outbox (id, type, payload, occurred_at) VALUES ($1, $2, $3, now())', [id, type, payload]);
    }
  }

  async judge(verdict: Verdict): Promise<void> {
    const dead = await this.app.query<DeadLetter>(
      'SELECT id, type, tries, last_error AS cause FROM outbox WHERE dead_at IS NOT NULL AND handled_at IS NULL',
    );
    judgePoison(this.poured, dead, verdict);
  }
}

/** Each poisoned event is a dead letter with its cause, after all its tries; and nothing else is. */
export function judgePoison(poured: ReadonlyMap<string, number>, dead: readonly DeadLetter[], verdict: Verdict): void {
  const found = new Set(dead.map(({ id }) => id));
  for (const id of poured.keys()) if (!found.has(id)) verdict.halfDone.push(`the poisoned event ${id} is no dead letter`);
  for (const { id, type, tries, cause } of dead) {
    const should = poured.get(id);
    if (should === undefined) verdict.lost.push(`${type} ${id} was given up: ${cause}`);
    else if (tries !== should || cause === null)
      verdict.halfDone.push(`the poisoned event ${id} was tried ${tries} times instead of ${should}, its cause is « ${cause} »`);
  }
}
