import { nonNegative } from "../definition/choice.js";
import { z } from "../definition/zod.js";

interface EpsilonSchemas {
  readonly epsilon: z.ZodNumber;
  readonly epsilonPlacement: z.ZodOptional<z.ZodEnum<{ outside: "outside"; inside: "inside" }>>;
}

/** How an optimiser with a root of second moments v is written: √v + ε, or √(v + ε) with `epsilonPlacement: "inside"`. */
export const epsilonOptions = (): EpsilonSchemas => ({
  epsilon: nonNegative(),
  epsilonPlacement: z.enum(["outside", "inside"]).optional().meta({ default: "outside" }),
});
