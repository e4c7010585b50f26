import { describe, expect, test } from "vitest";
import { Arena, ArenaFullError, ArenaPlan, isSteepestError, type Kernels } from "../src/index.js";

/** An arena needs no kernel, only a memory. */
const memory = (byteLength: number): Kernels => ({ buffer: new ArrayBuffer(64 + byteLength), arenaBase: 64 }) as unknown as Kernels;

describe("Arena", () => {
  test("hands out spans in order, 64-byte aligned, zeroed and apart", () => {
    const arena = new Arena(memory(1024));
    const [x, index, y] = [arena.span(3), arena.indexSpan(17), arena.span(8)];
    expect([x.ptr, index.ptr, y.ptr, arena.scratch(1), arena.scratch(0)]).toEqual([64, 128, 256, 320, 384]);
    expect([x.length, index.length, y.length]).toEqual([3, 17, 8]);
    expect([x.view.length, index.view.length, y.view.length]).toEqual([3, 17, 8]);
    x.view.fill(1);
    index.view.fill(-1);
    expect([...y.view]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  test("views are the kernels' own memory", () => {
    const arena = new Arena(memory(64));
    const { view, ptr } = arena.span(2);
    view[1] = 7;
    expect(new Float64Array(arena.kernels.buffer, ptr + 8, 1)[0]).toBe(7);
  });

  test("refuses what lies past the planned size", () => {
    const arena = new Arena(memory(128));
    arena.span(9);
    const overfull = () => arena.span(1);
    expect(overfull).toThrow(ArenaFullError);
    expect(overfull).toThrow(/8 bytes requested at offset 192, memory has 192/);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])("refuses a length of %d", (length) => {
    expect(() => new Arena(memory(1024)).span(length)).toThrow(ArenaFullError);
  });
});

describe("ArenaPlan", () => {
  test("counts what the arena will take", () => {
    const plan = new ArenaPlan().span(3).indexSpan(17).span(8).scratch(100);
    expect(plan.bytes).toBe(64 + 128 + 64 + 128);
    const arena = plan.allocate(memory);
    arena.span(3);
    arena.indexSpan(17);
    arena.span(8);
    arena.scratch(100);
    expect(() => arena.scratch(1)).toThrow(ArenaFullError);
  });

  test("refuses more than signed 32-bit pointers reach, before any memory is asked for", () => {
    const tooBig = new ArenaPlan().span(2 ** 28);
    const refuse = () =>
      tooBig.allocate(() => {
        throw new Error("must not be called");
      });
    expect(refuse).toThrow(ArenaFullError);
    try {
      refuse();
    } catch (error) {
      expect(isSteepestError(error)).toBe(true);
      expect(error).toMatchObject({ code: "ARENA_FULL", value: 2 ** 31, name: "ArenaFullError" });
    }
  });

  test("refuses a size that is not a number", () => {
    expect(() => new ArenaPlan().span(Number.NaN).allocate(memory)).toThrow(ArenaFullError);
  });
});
