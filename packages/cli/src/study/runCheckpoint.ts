import type { KeptState } from "@steepest/core";
import type { RunState } from "@steepest/experiments";
import type { Checkpoint } from "@steepest/node";
import type { SavedWeights } from "../save/weightsFile.js";

/** The parts of a run whose states a checkpoint holds, by the first word of the names of their arrays. */
const parts = ["training", "measured", "companion"] as const;
type Part = (typeof parts)[number];

/** Weights that a checkpoint holds, without their arrays. */
type PlainWeights = Omit<SavedWeights, "tensors"> & { readonly shapes: Readonly<Record<string, readonly number[]>> };

/** The plain data of a checkpoint: a state and the best weights so far, without their arrays. */
interface PlainState {
  readonly run: { readonly [K in keyof RunState]: K extends Part ? KeptState["values"] : RunState[K] };
  readonly kept: readonly PlainWeights[];
}

/** The checkpoint of a state, and of the best weights so far: plain values, and arrays such as "training.parameters" and "kept.0.layer1". */
export function checkpointOf(run: RunState, saved: readonly SavedWeights[] = []): Checkpoint {
  const states = parts.flatMap((part) => (run[part] ? [[part, run[part]] as const] : []));
  const kept = saved.map(
    ({ tensors, ...rest }): PlainWeights => ({
      ...rest,
      shapes: Object.fromEntries(Object.entries(tensors).map(([name, { shape }]) => [name, shape])),
    }),
  );
  const state: PlainState = { run: { ...run, ...Object.fromEntries(states.map(([part, { values }]) => [part, values])) } as never, kept };
  const arrays = [
    ...states.flatMap(([part, { numbers }]) => Object.entries(numbers).map(([name, values]) => [`${part}.${name}`, values] as const)),
    ...saved.flatMap(({ tensors }, i) => Object.entries(tensors).map(([name, { values }]) => [`kept.${i}.${name}`, values] as const)),
  ];
  return { state, numbers: Object.fromEntries(arrays) };
}

/** The state of a checkpoint that `checkpointOf` made. */
export function runStateOf({ state, numbers }: Checkpoint): RunState {
  const { run } = state as PlainState;
  const arraysOf = (part: Part): KeptState["numbers"] =>
    Object.fromEntries(
      Object.entries(numbers).flatMap(([name, values]) => (name.startsWith(`${part}.`) ? [[name.slice(part.length + 1), values]] : [])),
    );
  const states = parts.flatMap((part) => (run[part] ? [[part, { values: run[part], numbers: arraysOf(part) }] as const] : []));
  return { ...run, ...Object.fromEntries(states) } as unknown as RunState;
}

/** The best weights of a checkpoint that `checkpointOf` made. */
export function keptWeights({ state, numbers }: Checkpoint): readonly SavedWeights[] {
  return (state as PlainState).kept.map(({ shapes, ...saved }, i) => ({
    ...saved,
    tensors: Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, { shape, values: numbers[`kept.${i}.${name}`]! }])),
  }));
}
