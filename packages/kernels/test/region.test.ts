import { expect, test } from "vitest";
import { ArenaFullError, ArenaPlan, bytes, entryOf, type Kernels, largestOf, partOf, Scratch } from "../src/index.js";

/** An arena needs no kernel, only a memory. */
const memory = (byteLength: number): Kernels => ({ buffer: new ArrayBuffer(64 + byteLength), arenaBase: 64 }) as unknown as Kernels;

const scratch = new Scratch({ sigma: 3, inside: bytes(100), empty: 0, rest: 9 });

test("the size is the sum of the pieces, each 64-byte aligned", () => {
  expect(scratch.bytes).toBe(64 + 128 + 0 + 128);
  expect(largestOf([bytes(3), scratch, bytes(5)]).bytes).toBe(320);
  expect(largestOf([]).bytes).toBe(0);
});

test("pieces follow one another in the region, spans with views of the memory", () => {
  const arena = new ArenaPlan().span(1).region(scratch).allocate(memory);
  arena.span(1);
  const region = arena.region(scratch);
  const { sigma, inside, empty, rest } = scratch.cut(arena.kernels, region);
  expect([sigma.ptr, inside.ptr, empty.ptr, rest.ptr].map((ptr) => ptr - region.ptr)).toEqual([0, 64, 192, 192]);
  expect([sigma.length, inside.bytes, empty.length, rest.length]).toEqual([3, 128, 0, 9]);
  rest.view.set([1, 2, 3]);
  expect([...new Float64Array(arena.kernels.buffer, rest.ptr, 4)]).toEqual([1, 2, 3, 0]);
  expect(partOf(rest, 1, 2)).toMatchObject({ ptr: entryOf(rest, 1), length: 2, view: Float64Array.of(2, 3) });
});

test("a region that is too small is refused with the pieces and both sizes", () => {
  const arena = new ArenaPlan().region(bytes(319)).allocate(memory);
  const small = arena.region(bytes(319));
  expect(() => scratch.cut(arena.kernels, small)).toThrow(ArenaFullError);
  expect(() => scratch.cut(arena.kernels, small)).toThrow("Scratch: sigma, inside, empty, rest need 320 bytes, the region has 319");
});
