import { bytes, type Span } from "@steepest/kernels";
import { refuseUnknownKeys } from "../check/knownKeys.js";
import { requireFunction, requireObject, requireText } from "../check/require.js";
import { DefinitionError, isSteepestError } from "../error/errors.js";
import { recipeOf } from "../recipe/recipe.js";
import { admit } from "./admit.js";
import { dualPair } from "./dualPair.js";
import type { Norm } from "./norm.js";
import type { PlainNorm } from "./plainFunctions.js";

/**
 * Makes a user's norm usable wherever a built-in one is. A fixed set of deterministic probes is asked when it is bound to its parameters, before the
 * first step; a norm that breaks a law is refused with the law and a small counterexample.
 *
 * @param user  norm, dual norm and lmo over f64[p], and if there is one the projection onto the ball
 * @returns a norm that calls these functions with copies
 * @throws DefinitionError  if a member is missing; at bind time, if a law is violated; later, if a function throws, or gives anything but what it must
 */
export function plainNorm(user: PlainNorm): Norm {
  requireText("plainNorm.id", requireObject("plainNorm", user).id);
  if (Object.getPrototypeOf(user) === Object.prototype) {
    refuseUnknownKeys("plainNorm", user, { id: true, norm: true, dualNorm: true, lmo: true, projectBall: true }); // an instance may have fields of its own
  }
  for (const member of ["norm", "dualNorm", "lmo"] as const) {
    requireFunction(`plainNorm.${member}`, user[member]);
  }
  if (user.projectBall !== undefined) requireFunction("plainNorm.projectBall", user.projectBall);
  const primal: Omit<Norm, "dual"> = {
    id: user.id,
    ...plain,
    bind: (_kernels, shape) => {
      admit(user, shape.length);
      return {
        norm: (x) => value(`${user.id}.norm`, () => user.norm(read(x))),
        lmo: (g, out) => write(() => user.lmo(read(g)), g, out, `${user.id}.lmo`),
        projectBall: (x, out, radius) => {
          const { projectBall } = user;
          if (!projectBall) throw withoutProjection(user.id);
          write(() => projectBall.call(user, read(x), radius), x, out, `${user.id}.projectBall`);
        },
      };
    },
  };
  const dual: Omit<Norm, "dual"> = {
    id: `dual(${user.id})`,
    ...plain,
    bind: () => ({
      norm: (g) => value(`${user.id}.dualNorm`, () => user.dualNorm(read(g))),
      lmo: () => {
        throw new DefinitionError(`dual(${user.id}).lmo: a norm written in TypeScript has no steepest direction of its dual`, {
          path: user.id,
        });
      },
      projectBall: () => {
        throw withoutProjection(`dual(${user.id})`);
      },
    }),
  };
  const norm = dualPair(primal, dual);
  made.add(norm).add(norm.dual);
  return norm;
}

const made = new WeakSet<Norm>();

/**
 * Tells norms of one id apart as far as they hold functions of a user's: all other ids say everything about their norm.
 *
 * @param one    a norm
 * @param other  another of the same id
 * @returns true if one of them is a plain norm and they are not one object, or if they are combined of such norms
 */
export function areDistinct(one: Norm, other: Norm): boolean {
  if (one === other) return false;
  if (made.has(one) || made.has(other)) return true;
  const [parts, others] = [one, other].map((norm) => (recipeOf(norm)?.args.flat() ?? []).filter(isNorm)) as [Norm[], Norm[]];
  return parts.some((part, i) => others[i] !== undefined && areDistinct(part, others[i]));
}

const isNorm = (value: unknown): boolean => typeof value === "object" && value !== null && "bind" in value;

const plain: Pick<Norm, "dependsOnPosition" | "scratch"> = { dependsOnPosition: true, scratch: () => bytes(0) };

function withoutProjection(id: string): DefinitionError {
  return new DefinitionError(`${id}.projectBall: the norm was given without one`, { path: id, hint: "add projectBall(x, radius)" });
}

/** User code sees copies: views never leave the package. */
const read = (x: Span): Float64Array => x.view.slice();

/** The answer of user code. @throws DefinitionError  if it throws */
function answer<T>(who: string, call: () => T): T {
  try {
    return call();
  } catch (cause) {
    if (isSteepestError(cause)) throw cause;
    throw DefinitionError.at(who, `threw: ${String(cause)}`, { cause, hint: "the function is the user's" });
  }
}

/** The number that user code gives, NaN and infinities included. */
function value(who: string, call: () => number): number {
  const result: unknown = answer(who, call);
  if (typeof result !== "number") throw DefinitionError.at(who, "must return a number", { value: result });
  return result;
}

/** Writes what user code made of `given`: of infinities and NaN anything, of finite numbers finite ones. */
function write(call: () => Float64Array, given: Span, out: Span, who: string): void {
  const result = answer(who, call);
  if (!(result instanceof Float64Array) || result.length !== out.length) {
    throw DefinitionError.at(who, `must return a Float64Array of length ${out.length}`, { value: result });
  }
  const bad = result.findIndex((entry) => !Number.isFinite(entry));
  if (bad >= 0 && given.view.every(Number.isFinite)) {
    throw DefinitionError.at(who, `gave ${result[bad]} at entry ${bad}, of finite numbers`, {
      value: result[bad],
      hint: "a quotient 0 / 0?",
    });
  }
  out.view.set(result);
}
