import { requireText } from "../check/require.js";
import { DefinitionError } from "../error/errors.js";
import type { NormExpression } from "./expression.js";
import { normForms } from "./forms.js";
import type { Norm } from "./norm.js";
import { type NormId, norms } from "./registry.js";

/**
 * The norm of an expression.
 *
 * `{ max: ["spectral", "spectral", "linf"], weights: [1, 1, 0.5] }`: one norm per trainable layer, in layer order.
 *
 * @param expression  an id of the registry, or an object of one of the `normForms`
 * @returns the norm; equal expressions have equal ids
 * @throws DefinitionError  if the expression is none of these, with its path
 */
export function normOf(expression: NormExpression): Norm {
  if (typeof expression === "string") {
    if (Object.hasOwn(norms, expression)) return norms[expression];
    throw DefinitionError.at("norm", `there is no norm "${expression}"`, {
      value: expression,
      hint: `known: ${[...Object.keys(norms), "lp(p)"].join(", ")}`,
    });
  }
  if (typeof expression === "object" && expression !== null) {
    const form = normForms.find(({ key }) => key in expression);
    if (form) return form.build(expression, normOf);
  }
  throw DefinitionError.at("norm", `must be the id of a norm, or one of ${normForms.map(({ key }) => `{ ${key} }`).join(", ")}`, {
    value: expression,
  });
}

/**
 * A norm from its id, as in `margin.max(spectral,0.5*linf)`: the id of the registry, `lp(3)`, or `max`, `sum`, `l2` of norms with optional weights.
 * The norm's own id is the canonical form of the text.
 *
 * @param text  an id of a norm, blanks allowed
 * @returns the norm
 * @throws DefinitionError  if the text is none of these
 */
export function normFromText(text: string): Norm {
  return normOf(parsed(text));
}

/**
 * A norm expression from its text, to be kept in a definition.
 *
 * @param text  as for `normFromText`
 * @returns the expression, of which `normOf` makes the norm
 * @throws DefinitionError  if the text is no norm
 */
export function normExpressionFromText(text: string): NormExpression {
  const expression = parsed(text);
  normOf(expression);
  return expression;
}

/** The expression that a text spells, whether or not its norms exist. */
function parsed(text: string): NormExpression {
  requireText("norm", text);
  const call = /^(lp|max|sum|l2)\((.*)\)$/.exec(text.trim());
  if (!call) return text.trim() as NormId;
  const [, name, inside] = call as unknown as [string, "lp" | "max" | "sum" | "l2", string];
  if (name === "lp") return { lp: exponentIn(inside) };
  const parts = splitAtTop(inside).map((part) => /^(?:([\d.e+-]+)\*)?(.+)$/.exec(part.trim()));
  if (parts.some((part) => part === null)) throw DefinitionError.at("norm", `"${text}" has an empty part`, { value: text });
  const members = parts.map((part) => parsed(part![2]!));
  const weights = parts.map((part) => (part![1] === undefined ? 1 : Number(part![1])));
  const isWeighted = weights.some((weight) => weight !== 1);
  return { [name]: members, ...(isWeighted && { weights }) } as unknown as NormExpression;
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
