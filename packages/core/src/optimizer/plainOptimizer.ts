import type { Arena, Kernels, Span } from "@steepest/kernels";
import type { Carrier } from "../carry/carrier.js";
import { refuseUnknownKeys } from "../check/knownKeys.js";
import {
  refuse,
  requireDecay,
  requireFunction,
  requireInteger,
  requireNonNegative,
  requireObject,
  requireOneOf,
  requireText,
} from "../check/require.js";
import { requirePart } from "../check/requirePart.js";
import { requireVector } from "../check/requireVector.js";
import { DefinitionError, isSteepestError } from "../error/errors.js";
import { bindNormIn, planNorm } from "../norm/boundNorm.js";
import { l2 } from "../norm/l2.js";
import { type Norm, type NormShape, normPart } from "../norm/norm.js";
import { lossFrame } from "./lossFrame.js";
import type { Expectation, Optimizer } from "./optimizer.js";
import type { PlainMemory, PlainOptimizer, PlainStep } from "./plainFunctions.js";

type Memories = Readonly<Record<string, PlainMemory>>;

const keys = { id: true, norm: true, expectation: true, lengthUnit: true, memory: true, direction: true } as const;

/** Names that a carrier takes, and that JavaScript writes without quotes. */
const plainName = /^[a-zA-Z][a-zA-Z0-9]*$/;

/** Checks the memories of a plain optimiser. @throws DefinitionError */
export function requireMemories(path: string, memories: Memories): Memories {
  for (const [name, memory] of Object.entries(requireObject(path, memories))) {
    const here = `${path}.${name}`;
    if (!plainName.test(name)) refuse(here, "a name of letters and digits", name);
    const { size, degree, keeps } = requireObject(here, memory);
    refuseUnknownKeys(here, memory, { size: true, degree: true, keeps: true });
    if (size !== "parameters") requireInteger(`${here}.size`, size, 1);
    requireNonNegative(`${here}.degree`, degree);
    if (keeps !== undefined && keeps !== 1) requireDecay(`${here}.keeps`, keeps);
    if (keeps === undefined && degree !== 0)
      refuse(`${here}.keeps`, "the largest factor by which a step keeps it, in [0, 1]", keeps, "1 for a sum that forgets nothing");
  }
  return memories;
}

/** The description of a plain optimiser: everything but its function. */
export type PlainFacts = Omit<PlainOptimizer, "direction">;

/**
 * Makes a user's optimiser usable wherever a built-in one is: below 1e-308, with every step rule, in phases, and kept and gone on with between any two steps.
 *
 *   θ ← θ + η d      d = direction(gradient, memory, ...)
 *
 * The gradient comes in the unit e^s of the loss frame, which follows the risk as fast as the slowest memory forgets: before every step each memory of degree k
 * is multiplied by e^(k (s' - s)), so that it is what it were had the unit never changed. A memory that forgets nothing holds the unit where the risk was largest,
 * and gradients then vanish at 1e-308 of that.
 *
 * @param user  id, memory, direction, and if there is one the norm
 * @returns an optimiser that calls `direction` with copies
 * @throws DefinitionError  if a member is missing or wrong; from a step, if `direction` throws, or returns anything but as many finite numbers as θ has
 */
export function plainOptimizer(user: PlainOptimizer): Optimizer {
  requireText("plainOptimizer.id", requireObject("plainOptimizer", user).id);
  if (Object.getPrototypeOf(user) === Object.prototype) refuseUnknownKeys("plainOptimizer", user, keys); // an instance may have fields of its own
  requireFunction("plainOptimizer.direction", user.direction);
  return describedOptimizer(user, () => user);
}

/**
 * A plain optimiser of which the description is known, and the function is looked for when it is bound.
 *
 * @param facts  its description
 * @param user   gives the function
 */
export function describedOptimizer(facts: PlainFacts, user: () => Pick<PlainOptimizer, "direction">): Optimizer {
  const { id, norm, expectation, lengthUnit, memory = {} } = facts;
  if (norm !== undefined) requirePart("plainOptimizer.norm", norm, normPart);
  if (expectation !== undefined) requireText("plainOptimizer.expectation", expectation);
  requireOneOf("plainOptimizer.lengthUnit", lengthUnit, ["unit", "gradient"]);
  requireMemories("plainOptimizer.memory", memory);
  return {
    id,
    ownNorm: norm ?? l2,
    expectation: expectationOf(facts),
    lengthUnit,
    needsEveryWeight: true,
    decompositions: norm?.decomposes ? ["polar"] : [],
    plan: (plan, shape) => {
      if (!norm) return;
      planNorm(plan, norm, shape);
      plan.spans({ input: shape.length, output: shape.length });
    },
    bind: ({ kernels, arena, shape, theta, ghat, direction: out }) => {
      const own = { step: 0 };
      const called = user();
      const held = new Held(kernels, memory, shape.length);
      const functions = norm && plainFunctionsOf(arena, norm, shape);
      const moveFrame = lossFrame(kernels, held.slowest);
      let logUnit = Number.NaN;
      return {
        carry: (carrier) => {
          carrier.values(own);
          moveFrame.carry(carrier.at("frame"));
          held.carry(carrier.at("memory"));
        },
        aim: (logRisk) => {
          const move = moveFrame(logRisk);
          logUnit = move.frame;
          held.rescale(move.logMemory);
          const gain = kernels.exp(move.logGain);
          const step: PlainStep = {
            theta: theta.view.slice(),
            gradient: ghat.view.map((entry) => gain * entry),
            memory: held.arrays,
            step: ++own.step,
            logUnit,
            layers: shape.blocks,
            norm: functions,
            constant: (value, degree) => value * kernels.exp(-degree * move.frame),
          };
          out.view.set(answered(facts, step, () => called.direction(step)));
        },
        move: ({ size, logScale }) => {
          const length = size * kernels.exp(lengthUnit === "unit" ? logScale : logUnit + logScale);
          kernels.axpy(out.ptr, theta.ptr, theta.length, length);
          return length;
        },
      };
    },
  };
}

function expectationOf({ norm, expectation }: PlainFacts): Expectation {
  if (norm && expectation !== undefined) return { margin: norm, source: expectation };
  return { margin: undefined, source: expectation ?? "the optimiser says nothing of a theorem" };
}

/** The arrays of a plain optimiser. */
class Held {
  readonly arrays: Readonly<Record<string, Float64Array>>;
  /** The factor by which a step keeps at most what is left of a gradient. */
  readonly slowest: number;
  readonly #kernels: Kernels;
  readonly #memories: Memories;

  constructor(kernels: Kernels, memories: Memories, length: number) {
    this.#kernels = kernels;
    this.#memories = memories;
    const entries = Object.entries(memories);
    this.arrays = Object.freeze(
      Object.fromEntries(entries.map(([name, { size }]) => [name, new Float64Array(size === "parameters" ? length : size)])),
    );
    this.slowest = entries.reduce((slowest, [, memory]) => Math.max(slowest, keptOfGradient(kernels, memory)), 0);
  }

  /** Brings every array into the unit of this step. */
  rescale(logMemory: number): void {
    for (const [name, { degree }] of Object.entries(this.#memories)) {
      if (degree === 0 || logMemory === 0) continue;
      const factor = this.#kernels.exp(degree * logMemory);
      const array = this.arrays[name]!;
      for (let i = 0; i < array.length; i++) array[i]! *= factor;
    }
  }

  carry(carrier: Carrier): void {
    for (const [name, array] of Object.entries(this.arrays)) carrier.numbers(name, array);
  }
}

/** keeps^(1/degree): a memory of squares that keeps 0.81 of them keeps 0.9 of a gradient. */
function keptOfGradient(kernels: Kernels, { degree, keeps = 0 }: PlainMemory): number {
  if (degree === 0 || keeps === 0 || keeps === 1) return degree === 0 ? 0 : keeps;
  return degree === 1 ? keeps : kernels.exp(kernels.log(keeps) / degree);
}

/** The norm as functions of copies. */
function plainFunctionsOf(arena: Arena, norm: Norm, shape: NormShape): NonNullable<PlainStep["norm"]> {
  const bound = bindNormIn(arena, norm, shape);
  const { input, output } = arena.spans({ input: shape.length, output: shape.length });
  const taken = (x: Float64Array): Span => {
    input.view.set(requireVector("norm", x, shape.length));
    return input;
  };
  return {
    norm: (x) => bound.norm(taken(x)),
    dualNorm: (g) => bound.dualNorm(taken(g)),
    lmo: (g) => {
      bound.lmo(taken(g), output);
      return output.view.slice();
    },
  };
}

/** The direction that the user's function gives. Of numbers that are not finite it may make what it likes. @throws DefinitionError */
function answered({ id }: PlainFacts, { theta, gradient, step }: PlainStep, direction: () => Float64Array): Float64Array {
  const who = `${id}.direction`;
  const isDefined = areFinite(theta) && areFinite(gradient);
  let result: Float64Array;
  try {
    result = direction();
  } catch (cause) {
    if (isSteepestError(cause)) throw cause;
    throw DefinitionError.at(who, `threw in step ${step}: ${String(cause)}`, { cause, hint: "the function is the user's" });
  }
  if (!(result instanceof Float64Array) || result.length !== theta.length) {
    const got = result instanceof Float64Array ? `one of length ${result.length}` : typeof result;
    throw DefinitionError.at(who, `must return a Float64Array of length ${theta.length}, got ${got} in step ${step}`, { value: result });
  }
  const bad = isDefined ? result.findIndex((entry) => !Number.isFinite(entry)) : -1;
  if (bad < 0) return result;
  const hint = "a quotient 0 / 0? beside a gradient, constants such as epsilon are constant(value, 1)";
  throw DefinitionError.at(who, `gave ${result[bad]} at entry ${bad} in step ${step}, of a finite gradient`, { value: result[bad], hint });
}

const areFinite = (x: Float64Array): boolean => x.every(Number.isFinite);
