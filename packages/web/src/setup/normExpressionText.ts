import { type NormExpression, normFromText } from "@steepest/core";

/**
 * A norm as people type it, `max(spectral,0.5*linf)`, as data.
 *
 * @throws DefinitionError  if there is no such norm
 */
export function normExpression(text: string): NormExpression {
  normFromText(text.trim());
  return expression(text.trim());
}

function expression(text: string): NormExpression {
  const call = /^(lp|max|sum|l2)\((.*)\)$/.exec(text);
  if (!call) return text as NormExpression;
  const [, name, inside] = call as unknown as [string, "lp" | "max" | "sum" | "l2", string];
  if (name === "lp") return { lp: Number(inside) };
  const parts = splitAtTop(inside).map((part) => /^(?:([\d.e+-]+)\*)?(.+)$/.exec(part.trim())!);
  const members = parts.map((part) => expression(part[2]!.trim()));
  const weights = parts.map((part) => (part[1] === undefined ? 1 : Number(part[1])));
  const weighted = weights.some((weight) => weight !== 1);
  return { [name]: members, ...(weighted && { weights }) } as unknown as NormExpression;
}

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
