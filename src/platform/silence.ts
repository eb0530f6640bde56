const BEAT_MS = 250;
/** The queue keeps a job for a worker that says every 2.5 s that it is there, and gives it to another 5 s after it last did. */
const SILENCE_MS = 2_000;

let beatAt = performance.now();
let silentUntil = Number.NEGATIVE_INFINITY;

function beat(): void {
  const now = performance.now();
  if (now - beatAt > SILENCE_MS) silentUntil = now;
  beatAt = now;
}

setInterval(beat, BEAT_MS).unref();

/** Whether this process was frozen, or starved, for seconds on end at any time since that instant of `performance.now()`. */
export function wasSilentSince(instant: number): boolean {
  beat();
  return silentUntil >= instant;
}
