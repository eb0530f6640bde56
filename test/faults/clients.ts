import { setTimeout as wait } from 'node:timers/promises';
import { newId } from '../../src/kernel/id.js';
import { parisDay } from '../../src/kernel/paris-day.js';
import { signedInNow, type Person } from '../builders/people.js';
import type { TestApp } from '../setup/app.js';
import type { Ground, Item, Supply } from './ground.js';
import type { Pace } from './pace.js';
import type { Chance } from './random.js';

export type Act = 'submit' | 'admissibility' | 'propose' | 'approve' | 'record-decision';
type Body = Readonly<Record<string, unknown>>;

/** What somebody was told was done. */
export interface Acknowledged {
  readonly act: Act;
  /** The dossier's or the line's. */
  readonly objectId: string;
  readonly body: Body;
}

/** Everything that the clients were answered. */
export class History {
  readonly acknowledged: Acknowledged[] = [];
  /** Answers that nobody should have had. */
  readonly complaints: string[] = [];
  /** Requests whose connection broke before the answer. */
  cut = 0;
  /** Among the acts of those, the ones that had been done and were not done again. */
  foundDone = 0;
  /** Idempotency-Key → the address that was asked last. */
  readonly askedOf = new Map<string, string>();
}

interface Wanted {
  readonly act: Act;
  readonly objectId: string;
  readonly by: Person;
  readonly version: number;
  readonly body: Body;
}

interface Answer {
  readonly status: number;
  readonly replayed: boolean;
  readonly body: Body;
}

const ANSWER_MS = 15_000;
const PATIENCE_MS = 90_000;
const SENT_AGAIN = 0.15;

export interface ClientSettings {
  readonly app: TestApp;
  readonly ground: Ground;
  readonly supply: Supply;
  readonly history: History;
  readonly urls: readonly string[];
  /** Null: they go on, however far behind the workers are. */
  readonly pace: Pace | null;
  readonly chance: Chance;
}

/** People at work through one connection: they take a dossier from its submission to its decisions, whatever happens to who answers them. */
export class Client {
  constructor(private readonly settings: ClientSettings) {}

  /** Until `stop`: the act in hand is then finished, the next one is not begun. */
  async work(stop: AbortSignal): Promise<void> {
    const { supply, history, pace } = this.settings;
    for (;;) {
      await pace?.untilCaughtUp(stop);
      if (stop.aborted) return;
      const item = await supply.take();
      try {
        await this.carry(item, stop);
      } catch (error) {
        history.complaints.push(error instanceof Error ? error.message : String(error));
      }
    }
  }

  private async carry({ dossierId, version, stateLineId, partnerLineId }: Item, stop: AbortSignal): Promise<void> {
    const { ground, chance } = this.settings;
    const { model, instructor, delegate, prefecture, partner, stateEnvelopeId, partnerEnvelopeId, requestedCents } = ground;
    const amounts = [1, 2, 3].map(() => chance.between(1, requestedCents));
    let last: Body = {};
    const steps: (() => Wanted)[] = [
      () => ({ act: 'submit', objectId: dossierId, by: model.signatory, version, body: {} }),
      () => ({ act: 'admissibility', objectId: dossierId, by: instructor, version: Number(last['version']), body: { admissible: true } }),
      () => ({
        act: 'propose',
        objectId: stateLineId,
        by: delegate,
        version: 1,
        body: { amountCents: amounts[0], envelopeId: stateEnvelopeId },
      }),
      () => ({
        act: 'approve',
        objectId: stateLineId,
        by: prefecture,
        version: Number(last['version']),
        body: { amountCents: amounts[1] },
      }),
      () => ({
        act: 'record-decision',
        objectId: partnerLineId,
        by: partner,
        version: 1,
        body: {
          amountCents: amounts[2],
          envelopeId: partnerEnvelopeId,
          decisionReference: 'Délibération 1',
          decidedOn: parisDay(new Date()),
        },
      }),
    ];
    for (const step of steps) {
      await wait(chance.between(10, 150));
      if (stop.aborted) return;
      last = await this.obtain(step());
    }
  }

  /** Asks under one key until somebody answers. @throws when the answer is no */
  private async obtain(wanted: Wanted): Promise<Body> {
    const { history, chance } = this.settings;
    const key = newId();
    const { status, body, replayed } = await this.insist(wanted, key);
    if (status !== 200) throw new Error(`${wanted.act} ${wanted.objectId}: answered ${status} ${JSON.stringify(body)}`);
    history.acknowledged.push({ act: wanted.act, objectId: wanted.objectId, body });
    if (replayed) history.foundDone++;
    if (chance.next() < SENT_AGAIN) {
      const again = await this.insist(wanted, key);
      if (again.status !== 200 || !again.replayed || JSON.stringify(again.body) !== JSON.stringify(body))
        history.complaints.push(`${wanted.act} ${wanted.objectId}: sent again, answered ${again.status} ${JSON.stringify(again.body)}`);
    }
    return body;
  }

  private async insist(wanted: Wanted, key: string): Promise<Answer> {
    const { urls, chance } = this.settings;
    const end = Date.now() + PATIENCE_MS;
    while (Date.now() < end) {
      const answer = await this.ask(chance.pick(urls), wanted, key);
      if (answer !== null && answer.status !== 503 && answer.body['code'] !== 'SAME_REQUEST_RUNNING') return answer;
      await wait(chance.between(20, 150));
    }
    throw new Error(`${wanted.act} ${wanted.objectId}: no answer in ${PATIENCE_MS} ms`);
  }

  /** Null when nobody answered, or died before saying all. */
  private async ask(url: string, { act, objectId, by, version, body }: Wanted, key: string): Promise<Answer | null> {
    const kind = act === 'submit' || act === 'admissibility' ? 'dossiers' : 'funding-lines';
    const { app, history } = this.settings;
    history.askedOf.set(key, url);
    // A long pass outlives what a token lasts.
    const auth = await signedInNow(app, by);
    try {
      const response = await fetch(`${url}/v1/${kind}/${objectId}/${act}`, {
        method: 'POST',
        headers: { ...auth, 'content-type': 'application/json', 'if-match': `"${version}"`, 'idempotency-key': key },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      const answer = (await response.json()) as Body;
      return { status: response.status, replayed: response.headers.get('idempotent-replayed') === 'true', body: answer };
    } catch (error) {
      const { code } = ((error as Error).cause ?? {}) as { code?: unknown };
      if (code !== 'ECONNREFUSED') history.cut++;
      return null;
    }
  }
}
