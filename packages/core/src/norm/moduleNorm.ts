import { bytes } from "@steepest/kernels";
import { canonicalJson } from "../json/canonicalJson.js";
import { type LoadedPart, loadedPart, type ModuleSource } from "../recipe/loadedPart.js";
import { dualPair } from "./dualPair.js";
import type { Norm, NormFunctions } from "./norm.js";
import type { PlainNorm } from "./plainFunctions.js";
import { plainNorm } from "./plainNorm.js";

/** Facts about the norm that a module exports. */
export interface ModuleNormFacts {
  /** The id that it says; that of the norm is `module(id)`. */
  readonly id: string;
  /** SHA-256 of the module's file, in hex. */
  readonly sha256: string;
}

/** A norm that a JavaScript module exports, as data. */
export interface ModuleNormExpression extends ModuleSource {
  /** The path of the module, relative to the definition. */
  readonly module: string;
  /** Facts about its content. Absent: it has not been looked at. */
  readonly facts?: ModuleNormFacts | undefined;
}

/** The id of a norm or an optimiser whose module says this one, which no built-in has. */
export const moduleId = (id: string): string => `module(${id})`;

/** One norm for one content and options: norms are told apart as objects. */
const made = new Map<string, Norm>();

/**
 * The norm that a module exports. Facts alone say its id; its functions are those of the loaded module, and are looked for when the norm is bound.
 *
 * @param expression  with the facts of its content
 * @returns a norm whose id is `module(id)`, the same object for the same content, options and id
 */
export function moduleNorm(expression: ModuleNormExpression & { readonly facts: ModuleNormFacts }): Norm {
  const { options, facts } = expression;
  const key = canonicalJson({ id: facts.id, sha256: facts.sha256, options: options ?? null });
  const known = made.get(key);
  if (known) return known;
  const id = moduleId(facts.id);
  const loaded = (): Norm => plainNorm({ ...functionsOf(loadedPart(expression)), id });
  const side = (name: string, norm: () => Norm): Omit<Norm, "dual"> => ({
    id: name,
    dependsOnPosition: true,
    scratch: () => bytes(0),
    bind: (kernels, shape, region): NormFunctions => norm().bind(kernels, shape, region),
  });
  const norm = dualPair(
    side(id, loaded),
    side(`dual(${id})`, () => loaded().dual),
  );
  made.set(key, norm);
  return norm;
}

/** The functions of a part that is a norm, called as members of it. */
function functionsOf(part: LoadedPart): Omit<PlainNorm, "id"> {
  const { norm, dualNorm, lmo, projectBall } = part as unknown as PlainNorm;
  const member = <F extends (...args: never[]) => unknown>(call: F): F => call.bind(part) as F;
  return { norm: member(norm), dualNorm: member(dualNorm), lmo: member(lmo), ...(projectBall && { projectBall: member(projectBall) }) };
}
