/**
 * CPU microseconds of this process: immune to time slicing on a shared machine. The figure for the thread alone moves in steps of a scheduler tick
 * (4 ms on Linux) and is no use here; the helper threads of the engine are idle once everything is compiled.
 */
const cpuMicroseconds = () => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

const warmUpMicroseconds = 40_000;
const sampleMicroseconds = 10_000;

/** Runs `run` until its optimised code is in place; returns the number of calls that fill one sample. */
function callsPerSample(run) {
  const start = cpuMicroseconds();
  let fastest = Number.POSITIVE_INFINITY;
  let before = start;
  while (before - start < warmUpMicroseconds || fastest === Number.POSITIVE_INFINITY) {
    run();
    const after = cpuMicroseconds();
    fastest = Math.min(fastest, Math.max(after - before, 1));
    before = after;
  }
  return Math.max(1, Math.ceil(sampleMicroseconds / fastest));
}

/** The middle of the values. */
export function median(values) {
  const sorted = [...values].sort((x, y) => x - y);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Times the sides in turn, so that a disturbance falls on all of them: { name: () => void } becomes { name: seconds per call[] }, sample s of every
 * side taken next to each other. Ratios belong into `pairedRatio`.
 */
export function interleave(sides, samples = 9) {
  const entries = Object.entries(sides).map(([name, run]) => ({ name, run, calls: callsPerSample(run), seconds: [] }));
  for (let sample = 0; sample < samples; sample += 1) {
    for (const { run, calls, seconds } of entries) {
      const start = cpuMicroseconds();
      for (let call = 0; call < calls; call += 1) run();
      seconds.push((cpuMicroseconds() - start) / calls / 1e6);
    }
  }
  return Object.fromEntries(entries.map(({ name, seconds }) => [name, seconds]));
}

/** Median of the sample by sample ratios. */
export const pairedRatio = (numerator, denominator) => median(numerator.map((value, sample) => value / denominator[sample]));
