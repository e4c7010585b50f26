/** Words that name a label column, in lower case. */
const labelNames: ReadonlySet<string> = new Set(
  ["label", "class", "target", "outcome", "response", "diagnosis", "category"].flatMap((name) => [name, `${name}s`, `${name}es`]),
);

/** Words that may stand beside those: true_label, class_name, y_true. */
const besideLabel: ReadonlySet<string> = new Set(["y", "true", "actual", "gold", "binary", "name", "id"]);

/**
 * Tells names of label columns: label, Class, target_class, true-label, classLabel, y_true.
 *
 * @param name  the name of a column
 * @returns true if it says that the column holds labels
 */
export function isLabelName(name: string): boolean {
  const words = name
    .slice(0, 200)
    .replace(/(\p{Ll})(?=\p{Lu})/gu, "$1 ")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
  const isTrueY = words.length === 2 && words.includes("y") && (words.includes("true") || words.includes("actual"));
  return isTrueY || (words.some((word) => labelNames.has(word)) && words.every((word) => labelNames.has(word) || besideLabel.has(word)));
}
