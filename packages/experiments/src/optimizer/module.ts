import { DefinitionError, normOf, type Optimizer, type PlainOptimizer } from "@steepest/core";
import { describedOptimizer, loadedPart, moduleId } from "@steepest/core/internal";
import { type ModuleOptimizerChoice, moduleOptimizerSchema } from "../module/schema.js";
import { untranslated } from "../pytorch/untranslated.js";
import { optimizerMember } from "./member.js";
import { normField } from "./normSchema.js";

const facts = { id: "signed-momentum", sha256: "00".repeat(32), lengthUnit: "unit" } as const;

/** The parts of definitions that modules export, as lists of what there is show them. */
export const moduleParts = {
  norm: { summary: "your own norm: a JavaScript module beside the definition, see docs/modules.md", example: { module: "./my-norm.mjs" } },
  optimizer: {
    summary: "your own optimiser: a JavaScript module beside the definition, see docs/modules.md",
    example: { kind: "module", module: "./my-optimizer.mjs" },
  },
} as const;

/**
 * An optimiser that a JavaScript module exports. The facts of the module say all but its function, so that a recorded run is read, judged and drawn without any
 * code; to train it takes the loaded module.
 */
export const module = optimizerMember<ModuleOptimizerChoice>({
  schema: moduleOptimizerSchema(normField),
  summary: moduleParts.optimizer.summary,
  examples: [{ kind: "module", module: "./signed-momentum.mjs", options: { momentum: 0.9 }, facts }],
  pytorch: ({ module }) =>
    untranslated("optimizer.module", module, "it is JavaScript: write its direction in Python, or export an arm without it"),
  nameOf: ({ module, facts: known }) => known?.id ?? module,
  build: (options): Optimizer => {
    const { module: path, facts: known, norm = known?.norm } = options;
    if (!known) {
      throw DefinitionError.at("optimizer.facts", `are missing: the module ${path} has not been looked at`, {
        hint: "steepest run loads it; in TypeScript, plainOptimizer makes an optimiser of a function",
      });
    }
    const { id, lengthUnit, expectation, memory } = known;
    const described = { id: moduleId(id), lengthUnit, expectation, memory, norm: norm === undefined ? undefined : normOf(norm) };
    return describedOptimizer(described, () => loadedPart(options) as unknown as PlainOptimizer);
  },
});
