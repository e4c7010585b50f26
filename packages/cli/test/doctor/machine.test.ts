import { availableParallelism } from "node:os";
import { expect, test } from "vitest";
import { addressSpaceFinding, memoryFinding } from "../../src/doctor/machine.js";

const limits = (soft: string): string =>
  `Limit                     Soft Limit           Hard Limit           Units\nMax address space         ${soft}            unlimited            bytes\n`;

test("an address space for fewer threads than there are is a problem", () => {
  expect(addressSpaceFinding(limits("unlimited"))).toEqual({ subject: "address space", state: "ok", found: "not limited" });
  expect(addressSpaceFinding("").state).toBe("ok");
  expect(addressSpaceFinding(limits(String(20e9 * (availableParallelism() + 1)))).state).toBe("ok");
  const few = addressSpaceFinding(limits("19000000000"));
  expect(few).toMatchObject({ state: "problem", found: "19.0 GB, enough for 0 worker threads of up to 20.0 GB" });
});

test("memory is told in GB", () => {
  expect(memoryFinding().found).toMatch(/^\d+\.\d GB(, the limit of this container,)? of which \d+\.\d GB are free$/);
});
