import type { KeptState } from "@steepest/core";
import type { RunState } from "@steepest/experiments";
import type { Checkpoint } from "@steepest/node";

/** The parts of a run whose states a checkpoint holds, by the first word of the names of their arrays. */
const parts = ["training", "measured"] as const;

/** The plain data of a checkpoint: a state without its arrays. */
interface PlainState extends Omit<RunState, (typeof parts)[number]>, Record<(typeof parts)[number], KeptState["values"]> {}

/** The checkpoint of a state: plain values, and arrays such as "training.parameters". */
export function checkpointOf({ training, measured, ...rest }: RunState): Checkpoint {
  const kept = { training, measured };
  const state: PlainState = { ...rest, training: training.values, measured: measured.values };
  const numbers = parts.flatMap((part) => Object.entries(kept[part].numbers).map(([name, values]) => [`${part}.${name}`, values] as const));
  return { state, numbers: Object.fromEntries(numbers) };
}

/** The state of a checkpoint that `checkpointOf` made. */
export function runStateOf({ state, numbers }: Checkpoint): RunState {
  const { training, measured, ...rest } = state as PlainState;
  const arraysOf = (part: string): KeptState["numbers"] =>
    Object.fromEntries(
      Object.entries(numbers).flatMap(([name, values]) => (name.startsWith(`${part}.`) ? [[name.slice(part.length + 1), values]] : [])),
    );
  return {
    ...rest,
    training: { values: training, numbers: arraysOf("training") },
    measured: { values: measured, numbers: arraysOf("measured") },
  };
}
