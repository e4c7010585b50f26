import {
  arrayOptimizer,
  type KernelFactory,
  normOf,
  type Optimizer,
  optimizers,
  type PlainOptimizer,
  plainOptimizer,
  type TrainHost,
} from "@steepest/core";
import { type UpdateSubject, updateLaws } from "@steepest/laws";
import { defineFamily, type Family } from "../family.js";

/** The weights of two layers, of which the second is one row. */
const shape = {
  length: 8,
  blocks: [
    { offset: 0, rows: 3, columns: 2 },
    { offset: 6, rows: 1, columns: 2 },
  ],
};

/** More than any optimiser of so few weights takes. */
const memoryBytes = 2 ** 17;

/** Kernels over two memories in turn, zeroed: a law has no more than two optimisers at work at a time, and starts hundreds. */
function inTurn({ kernels }: TrainHost): KernelFactory {
  const pair = [kernels(memoryBytes), kernels(memoryBytes)] as const;
  let next = 0;
  return () => {
    const chosen = pair[next++ % 2]!;
    new Uint8Array(chosen.buffer).fill(0);
    return chosen;
  };
}

/** An optimiser of the core under the laws of guests. */
function subjectOf(optimizer: Optimizer, kernels: KernelFactory): UpdateSubject {
  return {
    dimension: shape.length,
    restores: true,
    start: () => {
      const { aim, move, state, restore } = arrayOptimizer(optimizer, shape, kernels);
      return {
        update: (theta, ghat, logRisk) => {
          const direction = aim(theta, ghat, logRisk);
          const { length } = move(theta, { size: 1, logScale: 0 });
          return direction.map((entry) => length * entry);
        },
        state,
        restore: (kept) => restore(kept as ReturnType<typeof state>),
      };
    },
  };
}

/**
 * The optimiser that a module of definitions exports, as `plainOptimizer` takes it, but for its norm, which is an expression.
 *
 * @throws DefinitionError  if it is none
 */
export function moduleSubject(exported: object, host: TrainHost): UpdateSubject {
  const { norm, ...rest } = exported as PlainOptimizer;
  return subjectOf(plainOptimizer({ ...rest, ...(norm !== undefined && { norm: normOf(norm as never) }) }), inTurn(host));
}

/** True for what a module of definitions exports as an optimiser. */
export const isPlainOptimizer = (exported: unknown): exported is object =>
  typeof exported === "object" && exported !== null && typeof (exported as Partial<PlainOptimizer>).direction === "function";

/** Optimisers whose step is no multiple of a direction: their update is not what a guest would answer. */
const isGuest = ({ movesAlongDirection = true }: Optimizer): boolean => movesAlongDirection;

/** Every optimiser of the registry as a guest that answers gradients with updates. */
export const updateFamily: Family = defineFamily<UpdateSubject>({
  id: "updates",
  laws: updateLaws,
  members: { start: "function" },
  own: (host) => {
    const kernels = inTurn(host);
    return Object.fromEntries(
      Object.values(optimizers)
        .flatMap(({ examples }) => Object.entries(examples(0)))
        .filter(([, optimizer]) => isGuest(optimizer))
        .map(([name, optimizer]) => [name, subjectOf(optimizer, kernels)]),
    );
  },
});
