import type { NormExpression } from "@steepest/core";
import type { Imports } from "./imports.js";
import { literal } from "./literal.js";

/** A norm of a definition as an expression over @steepest/core. */
export function normSource(norm: NormExpression, core: Imports): string {
  if (typeof norm === "string") return `${core.use("norms")}.${norm}`;
  if ("lp" in norm) return `${core.use("lp")}(${literal(norm.lp)})`;
  if ("weighted" in norm) return `${core.use("weighted")}(${normSource(norm.weighted, core)}, ${literal(norm.diagonal)})`;
  const [combine, parts] = "max" in norm ? ["maxOf", norm.max] : "sum" in norm ? ["sumOf", norm.sum] : ["l2Of", norm.l2];
  const weights = norm.weights ? `, ${literal(norm.weights)}` : "";
  return `${core.use(combine)}([${parts.map((part) => normSource(part, core)).join(", ")}]${weights})`;
}
