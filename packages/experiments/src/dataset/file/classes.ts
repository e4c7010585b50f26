import { DataError } from "@steepest/core";
import type { ColumnValues } from "@steepest/formats";
import type { FileChoice } from "./schema.js";

type Label = string | number;

/** Classes that are found in a file, and no more, unless they are listed. */
const mostClasses = 1000;

const shown = (labels: Iterable<Label>): string => {
  const list = [...labels];
  const texts = list.slice(0, 5).map((label) => (typeof label === "number" ? String(label) : `"${label.slice(0, 24)}"`));
  return texts.join(", ") + (list.length > 5 ? `, ... (${list.length})` : "");
};

/**
 * The labels of each class: those that the definition lists, or else each label that occurs, numbers by size, texts by code units.
 *
 * @param classes  of the definition
 * @param values   the labels of the training and the test file
 * @param name     the name of the file, for messages
 * @returns labels by class
 * @throws DataError  if there is one class, one that is listed does not occur, or there are very many
 */
export function classGroups(classes: FileChoice["classes"], values: ColumnValues, name: string): readonly (readonly Label[])[] {
  const found = new Set<Label>(values);
  if (classes !== undefined && classes !== "each") {
    const groups = classes.map((entry) => (Array.isArray(entry) ? (entry as readonly Label[]) : [entry as Label]));
    for (const [i, label] of groups.flat().entries()) {
      if (groups.flat().indexOf(label) < i)
        throw DataError.at("dataset.classes", `the label ${shown([label])} is in two classes`, { value: label, hint: "each label once" });
      if (found.has(label)) continue;
      const other = typeof label === "number" ? String(label) : Number(label);
      const hint = found.has(other)
        ? `the file holds it as a ${typeof other === "number" ? "number, without quotes" : "text, in quotes"}`
        : `it holds ${shown(found)}`;
      throw DataError.at("dataset.classes", `${name} holds no sample of ${shown([label])}`, { value: label, hint });
    }
    return groups;
  }
  if (found.size < 2) {
    throw DataError.at(name, `holds one class alone, ${shown(found)}`, {
      value: [...found][0],
      hint: "samples of two classes at least; is it the column of the labels?",
    });
  }
  if (found.size > mostClasses) {
    const hint = 'is it a target? "targets": [...] names the columns of a regression; "classes": [...] lists more classes';
    throw DataError.at(name, `holds ${found.size} different labels, ${shown(found)}`, { value: found.size, hint });
  }
  return [...found].sort(inOrder).map((label) => [label]);
}

/** Order of labels: numbers by size, texts by code units. */
export function inOrder(a: Label, b: Label): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return a < b ? -1 : Number(a > b);
}

/**
 * The classes of samples.
 *
 * @param groups  labels by class
 * @param values  the label of each sample
 * @returns the class of each, -1 and +1 where there are two; undefined for a sample of another label
 */
export function classesOf(groups: readonly (readonly Label[])[], values: ColumnValues): (number | undefined)[] {
  const isPair = groups.length === 2;
  const classOf = new Map(groups.flatMap((group, c) => group.map((label) => [label, isPair ? 2 * c - 1 : c] as const)));
  return Array.from(values as ArrayLike<Label>, (label) => classOf.get(label));
}
