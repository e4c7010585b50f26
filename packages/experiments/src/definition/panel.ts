import { field } from "./field.js";
import { implication, ruled } from "./rule.js";
import { z } from "./zod.js";

/** One panel of a figure: a probe over the step on a logarithmic axis. */
export interface PanelDefinition {
  readonly probe: string;
  readonly scale: "linear" | "log" | "symlog";
  /** Lower end of the axis; lower values are cut off. Above 0 on a logarithmic axis; if no value lies above it, the axis begins with the curves. */
  readonly from?: number | undefined;
  /** Values read off a published figure, by arm: [step, value] pairs, drawn as open marks. */
  readonly published?: Readonly<Record<string, readonly (readonly [number, number])[]>> | undefined;
}

export const panelSchema: z.ZodType<PanelDefinition> = ruled(
  z.strictObject({
    probe: field(z.string(), "Recorded probe that the panel shows over the step.", { example: "margin.linf" }),
    scale: field(z.enum(["linear", "log", "symlog"]), "Axis of its values.", { example: "log" }),
    from: field(z.number(), "Where the axis begins; what lies below is cut off.", { unit: "probe", example: 0.1 }).optional(),
    published: field(
      z.record(z.string(), z.array(z.tuple([z.number(), z.number()]))),
      "Published values by arm, as [step, value], drawn as open marks.",
      {
        unit: "[steps, probe]",
        example: { sign: [[100, 877]] },
      },
    ).optional(),
  }),
  {
    json: implication({ properties: { scale: { const: "log" } } }, { properties: { from: { exclusiveMinimum: 0 } } }),
    problems: ({ scale, from }) =>
      scale === "log" && typeof from === "number" && !(from > 0)
        ? [{ path: ["from"], message: `must be > 0 on a logarithmic axis, got ${from}` }]
        : [],
  },
);
