import { closeAll, connections } from './http-client.js';

export interface Figure {
  readonly bench: string;
  /** ours ÷ baseline. */
  readonly ratio: number;
  readonly ours: number;
  readonly baseline: number;
  readonly unit: string;
  readonly note: string;
}

export interface Load {
  readonly perSecond: number;
  readonly p99Ms: number;
}

/** Runs `amount` pieces of work, each client taking the next one as soon as its last is done. */
export async function drive(clients: number, amount: number, work: (index: number, client: number) => Promise<void>): Promise<Load> {
  const latencies: number[] = [];
  let next = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async (_none, client) => {
      for (let index = next++; index < amount; index = next++) {
        const from = performance.now();
        await work(index, client);
        latencies.push(performance.now() - from);
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  latencies.sort((a, b) => a - b);
  return { perSecond: amount / seconds, p99Ms: latencies[Math.ceil(amount * 0.99) - 1] ?? Number.NaN };
}

/** Where requests go, and over how many connections. */
export interface Target {
  readonly port: number;
  readonly clients: number;
}

/**
 * Sends the requests over connections opened beforehand, starting again with the first one after the last.
 * @throws Error on any answer but 200: a refusal is quick, and a figure made of refusals is a lie
 */
export async function shoot({ port, clients }: Target, requests: readonly string[], amount = requests.length): Promise<Load> {
  const open = await connections(clients, port);
  const load = await drive(clients, amount, async (index, client) => {
    const answer = await open[client]!.send(requests[index % requests.length]!);
    if (answer.status !== 200) throw new Error(`answered ${answer.status}: ${answer.body}`);
  });
  closeAll(open);
  return load;
}

export const ROUNDS = 5;

/** Runs the contenders in turn, A B C A B C …, the first rounds of each not counted. Gives each one's rounds, in the same order. */
export async function alternately<T>(contenders: readonly (() => Promise<T>)[], rounds = ROUNDS, warmUps = 1): Promise<readonly T[][]> {
  const measured: T[][] = contenders.map(() => []);
  for (let round = 0; round < warmUps + rounds; round++) {
    for (const [index, contender] of contenders.entries()) {
      const result = await contender();
      if (round >= warmUps) measured[index]!.push(result);
    }
  }
  return measured;
}

/** One figure from paired rounds: the median of each side, and the median of the ratios pair by pair. */
export function figure(bench: string, unit: string, note: string, ours: readonly number[], baseline: readonly number[]): Figure {
  const ratios = ours.map((value, index) => value / baseline[index]!);
  return { bench, ratio: rounded(median(ratios)), ours: rounded(median(ours)), baseline: rounded(median(baseline)), unit, note };
}

export const rounded = (value: number): number => Math.round(value * 1000) / 1000;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}
