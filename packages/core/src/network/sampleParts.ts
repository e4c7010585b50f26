/** One step of a pass over samples. It computes every sample alone, so that it gives the same bits however they are divided. */
export interface PartStep {
  /** Runs it on `count` samples from `first` on. */
  run(first: number, count: number): void;
  /** true: on all samples at once, or what the step prepares would cost too much. */
  readonly isWhole: boolean;
  /** Bytes that it reads and writes of one sample. */
  readonly bytes: number;
}

/** Bytes of a part: what a second-level cache holds. A step then finds there what the one before it has written. */
const partBytes = 2 ** 20;

/** Samples of a part are a multiple of this, for products that take so many at once. */
const partUnit = 8;

/** The steps in their order; those that follow each other and are not whole run on parts of the samples, all of them on one part before the next. */
export function inParts(steps: readonly PartStep[], n: number): () => void {
  const groups: PartStep[][] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    if (last === undefined || step.isWhole || last[0]!.isWhole) groups.push([step]);
    else last.push(step);
  }
  const planned = groups.map((group) => ({ group, part: group.length === 1 ? n : partOf(group, n) }));
  return () => {
    for (const { group, part } of planned) {
      for (let first = 0; first < n; first += part) {
        const count = Math.min(part, n - first);
        for (const step of group) step.run(first, count);
      }
    }
  };
}

function partOf(group: readonly PartStep[], n: number): number {
  const held = Math.floor(partBytes / Math.max(...group.map(({ bytes }) => bytes)));
  return held >= n ? n : Math.max(partUnit, held - (held % partUnit));
}
