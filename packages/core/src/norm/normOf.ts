import { requireText } from "../check/require.js";
import { requirePart } from "../check/requirePart.js";
import { DefinitionError } from "../error/errors.js";
import type { NormExpression } from "./expression.js";
import { normForms } from "./forms.js";
import { type ModuleNormExpression, moduleNorm } from "./moduleNorm.js";
import { type Norm, normPart } from "./norm.js";
import { type NormId, norms } from "./registry.js";

/** A norm, as data or as a text: `{ lp: 3 }`, "lp(3)", "linf". */
export type NormChoice = Norm | NormExpression | string;

/**
 * The norm that is meant, however it is written.
 *
 * @param choice   a norm, an expression of it, a text as for `normFromText`, or the JSON of an expression
 * @param modules  the norms that `module(id)` in a text stands for; none by default
 * @returns the norm
 * @throws DefinitionError  if it is none of these
 */
export function normFrom(choice: NormChoice, modules: ModuleNorms = noModules): Norm {
  if (typeof choice === "string") return normFromText(choice, modules);
  return isNorm(choice) ? requirePart("norm", choice, normPart) : normOf(choice);
}

const isNorm = (choice: Norm | NormExpression): choice is Norm => typeof choice === "object" && choice !== null && "bind" in choice;

/**
 * The norm of an expression.
 *
 * `{ max: ["spectral", "spectral", "linf"], weights: [1, 1, 0.5] }`: one norm per trainable layer, in layer order.
 *
 * @param expression  an id of the registry or a text as for `normFromText`, an object of one of the `normForms`, or the module that exports the norm, with the facts of its content
 * @returns the norm; equal expressions have equal ids
 * @throws DefinitionError  if the expression is none of these, with its path
 */
export function normOf(expression: NormExpression): Norm {
  if (typeof expression === "string") {
    if (Object.hasOwn(norms, expression)) return norms[expression];
    const written = parsed(expression, noModules);
    if (typeof written !== "string") return normOf(written);
    throw DefinitionError.at("norm", `there is no norm "${expression}"`, {
      value: expression,
      hint: `known: ${[...Object.keys(norms), "lp(p)"].join(", ")}`,
    });
  }
  if (typeof expression === "object" && expression !== null) {
    const form = normForms.find(({ key }) => key in expression);
    if (form) return form.build(expression, normOf);
    if ("module" in expression) return ofModule(expression);
  }
  throw DefinitionError.at("norm", `must be the id of a norm, or one of ${normForms.map(({ key }) => `{ ${key} }`).join(", ")}`, {
    value: expression,
  });
}

function ofModule({ facts, ...source }: ModuleNormExpression): Norm {
  if (facts) return moduleNorm({ ...source, facts });
  throw DefinitionError.at("norm.facts", `are missing: the module ${String(source.module)} has not been looked at`, {
    hint: "steepest run loads it; in TypeScript, plainNorm makes a norm of functions",
  });
}

/** Norms of modules by the ids that the modules say: the words `module(id)` of a text. A map is one. */
export interface ModuleNorms {
  get(id: string): ModuleNormExpression | undefined;
  keys(): Iterable<string>;
}

const noModules: ModuleNorms = new Map<string, never>();

/**
 * A norm from its id, as in `margin.max(spectral,0.5*linf)`: the id of the registry, `lp(3)`, or `max`, `sum`, `l2` of norms with optional weights.
 * The norm's own id is the canonical form of the text. An expression in JSON, `{"lp":3}`, is taken too.
 *
 * @param text     an id of a norm, blanks allowed, or JSON
 * @param modules  the norms that `module(id)` in it stands for; none by default
 * @returns the norm
 * @throws DefinitionError  if the text is none of these
 */
export function normFromText(text: string, modules: ModuleNorms = noModules): Norm {
  return normOf(parsed(text, modules));
}

/**
 * A norm expression from its text, to be kept in a definition.
 *
 * @param text  as for `normFromText`
 * @returns the expression, of which `normOf` makes the norm
 * @throws DefinitionError  if the text is no norm
 */
export function normExpressionFromText(text: string): NormExpression {
  const expression = parsed(text, noModules);
  normOf(expression);
  return expression;
}

/** The expression that a text spells, whether or not its norms exist. */
function parsed(text: string, modules: ModuleNorms): NormExpression {
  requireText("norm", text);
  if (text.trimStart().startsWith("{")) return fromJson(text);
  const call = /^(lp|max|sum|l2|module)\((.*)\)$/.exec(text.trim());
  if (!call) return text.trim() as NormId;
  const [, name, inside] = call as unknown as [string, "lp" | "max" | "sum" | "l2" | "module", string];
  if (name === "module") return moduleIn(inside, modules);
  if (name === "lp") return { lp: exponentIn(inside) };
  const parts = splitAtTop(inside).map((part) => /^(?:([\d.e+-]+)\*)?(.+)$/.exec(part.trim()));
  if (parts.some((part) => part === null)) throw DefinitionError.at("norm", `"${text}" has an empty part`, { value: text });
  const members = parts.map((part) => parsed(part![2]!, modules));
  const weights = parts.map((part) => (part![1] === undefined ? 1 : Number(part![1])));
  const isWeighted = weights.some((weight) => weight !== 1);
  return { [name]: members, ...(isWeighted && { weights }) } as unknown as NormExpression;
}

/** The expression that a JSON text holds. */
function fromJson(text: string): NormExpression {
  try {
    return JSON.parse(text);
  } catch {
    throw DefinitionError.at("norm", "begins as JSON and is none", { value: text, hint: 'as in {"lp":3}, or its text, lp(3)' });
  }
}

/** The norm of a module by its id. */
function moduleIn(text: string, modules: ModuleNorms): ModuleNormExpression {
  const id = text.trim();
  const found = modules.get(id);
  if (found) return found;
  const known = [...modules.keys()].map((other) => `module(${other})`);
  throw DefinitionError.at("norm", `no module here has a norm "${id}"`, {
    value: id,
    hint: known.length > 0 ? `known: ${known.join(", ")}` : 'modules stand in a definition: "norm": { "module": "./my-norm.mjs" }',
  });
}

function exponentIn(text: string): number {
  const p = Number(text);
  if (text.trim() !== "" && !Number.isNaN(p)) return p;
  throw DefinitionError.at("lp", `must be a number with 1 < p < infinity, got ${text.trim() || "nothing"}`, {
    value: text,
    hint: "the limits are the norms l1 and linf",
  });
}

/** "a(b,c),d" is "a(b,c)" and "d". */
function splitAtTop(text: string): string[] {
  const parts: string[] = [""];
  let depth = 0;
  for (const char of text) {
    if (char === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += char;
    depth += char === "(" ? 1 : char === ")" ? -1 : 0;
  }
  return parts;
}
