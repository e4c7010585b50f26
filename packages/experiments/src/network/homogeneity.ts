import { field, z } from "../definition/schema.js";

/** The field that allows networks which are not homogeneous. */
export const homogeneityField = () =>
  field(
    z.enum(["exact", "measured"]),
    "measured: networks that are not homogeneous train too; margins are those of the degree of their limit, and the theorems about homogeneous networks are not expected of them. Default exact.",
    { example: "measured" },
  ).optional();
