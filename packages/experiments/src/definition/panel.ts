import { field, implication, type ReadonlyTree, ruled, z } from "./schema.js";

export const panelSchema = ruled(
  z.strictObject({
    probe: field(z.string(), "Recorded probe that the panel shows.", { example: "margin.linf" }),
    over: field(
      z.enum(["step", "depth"]),
      "Logarithmic axis below: the step, or the depth -log R from 1 on, for which logRisk is recorded. Absent: the step.",
      { example: "depth" },
    ).optional(),
    distanceTo: field(z.number(), "Draws the distance |probe - this| in place of the probe.", { unit: "probe", example: 1 }).optional(),
    scale: field(z.enum(["linear", "log", "symlog"]), "Axis of its values.", { example: "log" }),
    from: field(z.number(), "Where the axis begins; what lies below is cut off.", { unit: "probe", example: 0.1 }).optional(),
    published: field(
      z.record(z.string(), z.array(z.tuple([z.number(), z.number()]))),
      "Published values by arm, as [step, value], or [-log R, value] over the depth, drawn as open marks.",
      {
        unit: "[steps or 1, probe]",
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

/** One panel of a figure: a probe over the step, or over -log R, on a logarithmic axis. */
export type PanelDefinition = ReadonlyTree<z.output<typeof panelSchema>>;
