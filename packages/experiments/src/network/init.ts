import { DefinitionError, type InitLaw } from "@steepest/core";
import { expecting, field, nonNegative, positive, type ReadonlyTree, sha256, z } from "../definition/schema.js";

const law = () =>
  field(
    z.enum(["uniformFanIn", "uniformInverseFanIn", "normalFanIn", "signFanIn"]),
    "Distribution of the weights: U(-s, s) with s = scale / sqrt(fan-in), or scale / fan-in; N(0, scale^2 / fan-in); or scale / sqrt(fan-in) with a random sign.",
    { example: "uniformFanIn" },
  );

const drawn = z.strictObject({
  law: law(),
  scale: field(nonNegative(), "Factor of the initial weights.", { unit: "1", example: 0.3 }),
  frozen: field(
    z.strictObject({ law: law(), scale: field(positive(), "Factor of the frozen weights.", { unit: "1", example: 1 }) }),
    "How the weights of frozen layers are drawn, where it is not as the others.",
    { example: { law: "signFanIn", scale: 1 } },
  ).optional(),
});

const given = z.strictObject({
  file: field(
    expecting("must be the path of a file", (error) => z.string(error).min(1, error)),
    "A safetensors or npz file that holds every initial weight, those of frozen layers and biases too; relative to the definition. docs/weights.md says which array is which block.",
    { example: "start.safetensors" },
  ),
  scale: field(positive(), "Factor of every weight of the file. 1 without.", { unit: "1", example: 0.5 }).optional(),
  facts: field(
    z.strictObject({ sha256: field(sha256(), "The SHA-256 of the file.", { example: "00".repeat(32) }) }),
    "What the program that read the file found it to be; a definition that says it is refused where the file is another.",
    { example: { sha256: "00".repeat(32) } },
  ).optional(),
});

/** Initial weights that a file holds, as a definition names it. */
export type GivenInit = ReadonlyTree<z.output<typeof given>>;

const init = z.union([drawn, given]).meta({ id: "init" });

/** The initial weights of a definition: a law that draws them, or a file that holds them. */
export type InitChoice = ReadonlyTree<z.output<typeof init>>;

/** True for initial weights that a file holds. */
export const isGiven = (choice: InitChoice): choice is GivenInit => "file" in choice;

/**
 * The law that draws initial weights.
 *
 * @param choice  the initial weights of a definition
 * @returns the law
 * @throws DefinitionError  if a file holds them instead
 */
export function initLaw(choice: InitChoice): InitLaw {
  if (!isGiven(choice)) return choice;
  throw DefinitionError.at("network.init.file", `the initial weights in ${choice.file} are not here`, {
    value: choice.file,
    hint: "initialWeights reads them",
  });
}

/** The file that a value names for initial weights; undefined if it is not formed like that. */
export function givenInit(value: unknown): GivenInit | undefined {
  const parsed = given.safeParse(value);
  return parsed.success ? (parsed.data as GivenInit) : undefined;
}

/** Schema of the initial weights. @param description  of the field, where it is not that of a network */
export const initField = (description = "How the initial weights are drawn, or the file that holds them.") =>
  field(init, description, { example: { law: "uniformFanIn", scale: 0.3 } });
