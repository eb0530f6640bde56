import autocannon from 'autocannon';

export interface Figure {
  readonly bench: string;
  /** ours ÷ baseline. */
  readonly ratio: number;
  readonly ours: number;
  readonly baseline: number;
  readonly unit: string;
  readonly note: string;
}

export interface Shot {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

export interface Load {
  readonly perSecond: number;
  readonly p99Ms: number;
}

/**
 * Sends `amount` requests from `clients` connections, each the next of `shots` (which start again at the end).
 * @throws Error when any answer is not 2xx: a refusal is quick, and a figure made of refusals is a lie
 */
export async function shoot(url: string, clients: number, amount: number, shots: readonly Shot[]): Promise<Load> {
  let next = 0;
  const started = performance.now();
  const result = await autocannon({
    url,
    connections: clients,
    amount,
    requests: [
      {
        setupRequest: (request) => {
          const shot = shots[next++ % shots.length];
          return { ...request, ...shot };
        },
      },
    ],
  });
  const seconds = (performance.now() - started) / 1000;
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} refusals and ${result.errors} errors out of ${amount} requests`);
  return { perSecond: amount / seconds, p99Ms: result.latency.p99 };
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

/** Runs ours and the baseline in turn, A B A B …, after one round of each that is not counted. */
export async function alternately<T>(
  rounds: number,
  ours: () => Promise<T>,
  baseline: () => Promise<T>,
): Promise<{ ours: T[]; baseline: T[] }> {
  await ours();
  await baseline();
  const measured: { ours: T[]; baseline: T[] } = { ours: [], baseline: [] };
  for (let round = 0; round < rounds; round++) {
    measured.ours.push(await ours());
    measured.baseline.push(await baseline());
  }
  return measured;
}

/** One figure from paired rounds: the median of each side, and the median of the ratios pair by pair. */
export function figure(bench: string, unit: string, note: string, ours: readonly number[], baseline: readonly number[]): Figure {
  const ratios = ours.map((value, index) => value / (baseline[index] ?? Number.NaN));
  return { bench, ratio: rounded(median(ratios)), ours: rounded(median(ours)), baseline: rounded(median(baseline)), unit, note };
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;
