import {
  DefinitionError,
  type NormExpression,
  type NormId,
  norms,
  type PytorchFunction,
  type PytorchNorm,
  type PythonSnippet as Snippet,
} from "@steepest/core";
import { type PytorchForm, pytorchForms } from "@steepest/core/internal";
import { pythonNumber } from "./python.js";
import { untranslated } from "./untranslated.js";

/** A norm as an expression over classes of the program. */
export interface NormSource {
  readonly text: string;
  readonly needs: readonly Snippet[];
  /** true: its class takes gradients of samples as they are, not as factors. */
  readonly isFormed?: boolean;
  /** Its smoothed direction and its projection, where those have a translation. */
  readonly smoothing?: PytorchFunction | undefined;
  readonly projection?: PytorchFunction | undefined;
}

/** The norms of the registry that have a translation. */
const translated = (Object.entries(norms) as [NormId, (typeof norms)[NormId]][])
  .filter(([, { facts }]) => facts?.pytorch)
  .map(([id]) => id);

/**
 * A norm on the layers of these shapes.
 *
 * @param shapes  a Python expression: a list of (rows, columns)
 * @throws DefinitionError  if the norm has no translation
 */
export function normSource(norm: NormExpression, shapes: string = "shapes"): NormSource {
  const own: PytorchNorm | undefined = typeof norm === "string" && Object.hasOwn(norms, norm) ? norms[norm].facts?.pytorch : undefined;
  if (own) {
    const { smoothing, projection, options = [] } = own;
    return { text: `${own.name}(${[shapes, ...options].join(", ")})`, needs: [own.class], smoothing, projection };
  }
  if (typeof norm === "object" && norm !== null) {
    if ("lp" in norm) return ofForm(pytorchForms.lp, [shapes, pythonNumber("norm.lp", norm.lp)], []);
    if ("max" in norm) return combined(pytorchForms.max, norm.max, norm.weights, shapes);
    if ("sum" in norm) return combined(pytorchForms.sum, norm.sum, norm.weights, shapes);
    if ("l2" in norm) return combined(pytorchForms.l2, norm.l2, norm.weights, shapes);
    if ("weighted" in norm) {
      const inner = normSource(norm.weighted, shapes);
      const diagonal = norm.diagonal.map((value, i) => pythonNumber(`norm.diagonal[${i}]`, value));
      return { ...ofForm(pytorchForms.weighted, [inner.text, `torch.tensor([${diagonal.join(", ")}])`], [inner]), isFormed: true };
    }
    if ("module" in norm)
      untranslated("norm.module", norm.module, "it is JavaScript: write the norm in Python, or export an arm without it");
  }
  const name = typeof norm === "string" ? norm : Object.keys(norm ?? {})[0];
  throw DefinitionError.at("norm", `"${name}" has no translation to PyTorch`, {
    value: norm,
    hint: `those of ${translated.join(", ")} and the forms of them have one; the TypeScript program has every norm`,
  });
}

/** The largest of one norm per layer. */
export const maxSource = (norms: readonly NormExpression[], weights: readonly number[]): NormSource =>
  combined(pytorchForms.max, norms, weights, "shapes");

/** One norm per layer. */
function combined(form: PytorchForm, norms: readonly NormExpression[], weights: readonly number[] | undefined, shapes: string): NormSource {
  const parts = norms.map((norm, i) => normSource(norm, `[${shapes}[${i}]]`));
  const factors = norms.map((_norm, i) => pythonNumber(`norm.weights[${i}]`, weights ? weights[i] : 1));
  return ofForm(form, [shapes, `[${parts.map(({ text }) => text).join(", ")}]`, `[${factors.join(", ")}]`], parts);
}

/** A norm of a form, which holds norms. */
function ofForm(form: PytorchForm, options: readonly string[], parts: readonly NormSource[]): NormSource {
  return {
    text: `${form.name}(${options.join(", ")})`,
    needs: [...parts.flatMap(({ needs }) => needs), form.class],
    isFormed: parts.some(({ isFormed }) => isFormed),
  };
}
