import type { ModuleNormExpression, ModuleNormFacts, NormExpression, PlainMemory } from "@steepest/core";
import { expecting, field, integer, z } from "../definition/schema.js";
import { text } from "../definition/text.js";

/** A path that says the same wherever the definition lies: relative, with slashes, to a JavaScript module. */
const relativeModule = /^(?![/\\~]|[A-Za-z]:|[A-Za-z][A-Za-z0-9+.-]*:)[^\\?#]+\.m?js$/;

/** The id that a module says, which stands in names of probes. */
export const moduleIdPattern = /^[A-Za-z][A-Za-z0-9._-]{0,60}$/;

/** True for the path of a module. */
export const isModulePath = (path: unknown): path is string => typeof path === "string" && relativeModule.test(path);

/** SHA-256 in hex. */
const sha256 = () =>
  field(z.string().regex(/^[0-9a-f]{64}$/, "must be 64 hexadecimal digits"), "SHA-256 of the module's file.", { example: "00".repeat(32) });

const id = () =>
  field(
    z.string().regex(moduleIdPattern, "must be a name of letters, digits, dots, hyphens and underscores"),
    "The id that the module says.",
    {
      example: "owl",
    },
  );

/** The path of a module and the options that its default export is called with. */
const source = {
  module: field(
    z.string().regex(relativeModule, "must be the path of a .mjs or .js file, relative to the definition, with slashes"),
    "JavaScript module, relative to the definition; its code runs where the definition is run (docs/modules.md).",
    { example: "./my-norm.mjs" },
  ),
  options: field(z.record(z.string(), z.unknown()), "Plain data that the module's default export, a function, is called with.", {
    example: { momentum: 0.9 },
  }).optional(),
};

/** The schema of a norm that a module exports. */
export const moduleNormSchema = z
  .strictObject({
    ...source,
    facts: field(z.strictObject({ id: id(), sha256: sha256() }), "What is known of the module; steepest writes it.", {
      example: { id: "owl", sha256: "00".repeat(32) },
    }).optional(),
  })
  .meta({ id: "moduleNorm" }) as unknown as z.ZodType<ModuleNormExpression>;

const memory: z.ZodType<PlainMemory> = z.strictObject({
  size: field(z.union([z.literal("parameters"), integer(1)]), "Its length.", { unit: "numbers", example: "parameters" }),
  degree: field(
    expecting("must be finite and >= 0", (error) => z.number(error).min(0, error)),
    "Power of the gradient that it grows with.",
    { unit: "1", example: 1 },
  ),
  keeps: field(
    expecting("must be in [0, 1]", (error) => z.number(error).min(0, error).max(1, error)),
    "Largest factor by which a step keeps it.",
    { unit: "1", example: 0.9 },
  ).optional(),
});

/** Facts about the optimiser that a module exports: all that it says but its function. */
export interface ModuleOptimizerFacts extends ModuleNormFacts {
  readonly lengthUnit: "unit" | "gradient";
  readonly expectation?: string | undefined;
  readonly memory?: Readonly<Record<string, PlainMemory>> | undefined;
  readonly norm?: NormExpression | undefined;
}

/** An optimiser of a definition that a module exports. */
export interface ModuleOptimizerChoice {
  readonly kind: "module";
  /** The path of the module, relative to the definition. */
  readonly module: string;
  /** Plain data that its default export is called with, if it is a function. */
  readonly options?: Readonly<Record<string, unknown>> | undefined;
  /** The norm of an optimiser that says none. */
  readonly norm?: NormExpression | undefined;
  /** Facts about its content. Absent: it has not been looked at. */
  readonly facts?: ModuleOptimizerFacts | undefined;
}

/** The schema of an optimiser that a module exports, around the field of its norm. */
export const moduleOptimizerSchema = (norm: () => z.ZodType<NormExpression>): z.ZodType<ModuleOptimizerChoice> =>
  z.strictObject({
    kind: z.literal("module"),
    ...source,
    norm: norm().optional(),
    facts: field(
      z.strictObject({
        id: id(),
        sha256: sha256(),
        lengthUnit: field(z.enum(["unit", "gradient"]), "Whether its directions grow with the gradient.", { example: "unit" }),
        expectation: field(text(), "By which theorem it raises the margin of its norm.", { example: "a theorem" }).optional(),
        memory: field(z.record(z.string(), memory), "Arrays that it remembers.", { example: {} }).optional(),
        norm: norm().optional(),
      }),
      "What is known of the module; steepest writes it.",
      { example: { id: "signed-momentum", sha256: "00".repeat(32), lengthUnit: "unit" } },
    ).optional(),
  }) as unknown as z.ZodType<ModuleOptimizerChoice>;
