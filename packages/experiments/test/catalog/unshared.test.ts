import { DefinitionError } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { catalog, type ExperimentDefinition, parseDefinition, plainTree } from "../../src/index.js";
import { tiny } from "../support/tiny.js";

type Json = Record<string, unknown>;

/** Every path to a number, word or flag below `value`. */
function leafPaths(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [[...path]];
  return Object.entries(value).flatMap(([key, entry]) => leafPaths(entry, [...path, key]));
}

function set(root: unknown, path: readonly string[], value: unknown): void {
  const inner = path.slice(0, -1).reduce((target, key) => target[key] as Json, root as Json);
  inner[path.at(-1)!] = value;
}

/** Every object below `value` that stands in more than one place. */
function sharedObjects(value: unknown, seen: Set<object> = new Set(), shared: object[] = []): object[] {
  if (typeof value !== "object" || value === null) return shared;
  if (seen.has(value)) shared.push(value);
  seen.add(value);
  for (const entry of Object.values(value)) sharedObjects(entry, seen, shared);
  return shared;
}

describe.each([...catalog])("%s", (_, { definition, quick }) => {
  test("setting any field changes that field alone, whatever arm it is in", () => {
    for (const path of leafPaths(definition)) {
      const copy = plainTree(definition);
      set(copy, path, "changed");
      const differing = leafPaths(definition).filter((other) => {
        const at = (root: unknown): unknown => other.reduce<unknown>((inner, key) => (inner as Json)[key], root);
        return at(copy) !== at(definition);
      });
      expect(differing).toEqual([path]);
    }
  });

  test("no two places hold one object, neither in the entry nor in what is parsed", () => {
    expect(sharedObjects({ definition, quick })).toEqual([]);
    expect(sharedObjects(parseDefinition(definition))).toEqual([]);
  });
});

const step = { rule: "constant", size: 0.01 } as const;
const optimizer = { kind: "steepest", norm: "l2", normalized: false } as const;
const shared: ExperimentDefinition = { ...tiny, arms: { gradient: { optimizer, step }, sign: { optimizer, step } } };

test("arms that share an object do not share it once they are parsed", () => {
  const { arms } = parseDefinition(shared);
  expect(arms.gradient).toEqual(arms.sign);
  expect(sharedObjects(arms)).toEqual([]);
});

test("a parsed definition is another than the one it came from, and stays what was checked", () => {
  const parsed = parseDefinition(shared) as unknown as { arms: { gradient: { step: { size: number } } } };
  expect(() => {
    parsed.arms.gradient.step.size = -1;
  }).toThrow(TypeError);
  expect(Object.isFrozen(step)).toBe(false);
});

test("a definition that holds itself is refused", () => {
  const circular: Json = { ...tiny };
  circular.network = circular;
  expect(() => parseDefinition(circular)).toThrow(DefinitionError);
  expect(() => parseDefinition(circular)).toThrow("definition: is nested deeper than 64 levels");
});
