import { DataError } from "@steepest/core";
import { expect, test } from "vitest";
import { remarksOn, type SeedIdentity } from "../../src/study/identities.js";

test("a remark on the data is told once, with the seeds that it is about", () => {
  const identity = { files: {}, drawn: "00" };
  const identities = new Map<number, SeedIdentity>([
    [0, { identity, remarks: ["k is 3", "z is 0"] }],
    [1, { identity, remarks: ["k is 3"] }],
    [7, { identity, remarks: ["k is 3", "z is 0"] }],
  ]);
  expect(remarksOn(identities)).toEqual(["data: k is 3", "data s0, s7: z is 0"]);
  expect(remarksOn(new Map([...identities, [9, { error: new DataError("none") }]]))).toEqual([
    "data s0, s1, s7: k is 3",
    "data s0, s7: z is 0",
  ]);
});
