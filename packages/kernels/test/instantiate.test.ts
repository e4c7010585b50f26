import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { describe, expect, test, vi } from "vitest";
import { ArenaFullError, abiVersion, binaryUrl, isSteepestError, KernelLoadError, type KernelSource, loadKernels } from "../src/index.js";

const bytes = new Uint8Array(await readFile(binaryUrl()));
const emptyModule = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/** A module with an import that no host provides: (import "a" "b" (func)). */
const strangeImport = Uint8Array.of(...emptyModule, 1, 4, 1, 0x60, 0, 0, 2, 7, 1, 1, 0x61, 1, 0x62, 0, 0);

async function refusal(source: KernelSource): Promise<unknown> {
  return loadKernels(source).then(
    () => "accepted",
    (error: unknown) => error,
  );
}

describe("loadKernels", () => {
  test.each([
    ["bytes", () => bytes],
    ["a buffer", () => bytes.slice().buffer],
    ["a compiled module", () => new WebAssembly.Module(bytes)],
    ["a response", () => new Response(bytes, { headers: { "content-type": "application/wasm" } })],
    ["a response without a type", () => new Response(bytes)],
  ])("accepts %s", async (_, source) => {
    const kernels = (await loadKernels(source()))(1000);
    expect(kernels.exp(0)).toBe(1);
  });

  test.each([
    ["text", () => new TextEncoder().encode("<!doctype html>")],
    ["nothing", () => new Uint8Array(0)],
    ["half of the binary", () => bytes.subarray(0, bytes.length / 2)],
    ["an empty module", () => emptyModule],
    ["a foreign module", () => strangeImport],
    ["a page that is not there", () => new Response("not found", { status: 404 })],
    ["a page of text", () => new Response("<!doctype html>")],
  ])("refuses %s with a KernelLoadError", async (_, source) => {
    const error = await refusal(source());
    expect(error).toBeInstanceOf(KernelLoadError);
    expect(error).toMatchObject({ code: "KERNEL_LOAD", name: "KernelLoadError" });
    expect(isSteepestError(error)).toBe(true);
  });

  test("keeps the cause of a refusal", async () => {
    const error = (await refusal(emptyModule.subarray(0, 4))) as KernelLoadError;
    expect(error.cause).toBeInstanceOf(WebAssembly.CompileError);
    expect(error.hint).toContain("steepest.wasm");
  });
});

describe("a damaged binary", () => {
  test("is refused, whichever bit has changed", async () => {
    const accepted: string[] = [];
    const flip = async (at: number, bit: number): Promise<void> => {
      const damaged = bytes.slice();
      damaged[at]! ^= 1 << bit;
      if (!((await refusal(damaged)) instanceof KernelLoadError)) accepted.push(`bit ${bit} of byte ${at}`);
    };
    const stamped = bytes.length - 40; // every bit of the stamp itself, and one of every 13th byte before it
    for (let at = 0; at < stamped; at += 13) await flip(at, at % 8);
    for (let at = stamped; at < bytes.length; at++) for (let bit = 0; bit < 8; bit++) await flip(at, bit);
    expect(accepted).toEqual([]);
  });

  test("that still compiles is named as damaged, with both hashes", async () => {
    const at = bytes.findIndex((_, i) => {
      const damaged = bytes.slice();
      damaged[i]! ^= 1;
      return i > bytes.length / 2 && WebAssembly.validate(damaged);
    });
    const damaged = bytes.slice();
    damaged[at]! ^= 1;
    expect(await refusal(damaged)).toMatchObject({
      message: expect.stringMatching(
        /the binary of the given bytes is damaged: its SHA-256 begins with [0-9a-f]{16}, that of its build with [0-9a-f]{16}$/,
      ),
      hint: expect.stringContaining("a bit of steepest.wasm has changed since it was built"),
    });
  });

  test("whose stamp was stripped is refused with what must be kept", async () => {
    const stamped = 3 + "steepest.build".length + 16;
    const error = await refusal(bytes.slice(0, bytes.length - stamped));
    expect(error).toMatchObject({ code: "KERNEL_LOAD", hint: expect.stringContaining("must keep steepest.build") });
  });

  test("is not looked for where the host cannot hash", async () => {
    vi.stubGlobal("crypto", undefined);
    try {
      expect((await loadKernels(bytes))(1000).exp(0)).toBe(1);
    } finally {
      vi.unstubAllGlobals();
    }
  });
});

describe("the kernel factory", async () => {
  const create = await loadKernels(bytes);

  test("gives a zeroed memory with the bytes that were asked for", () => {
    for (const byteLength of [0, 1, 65_536, 1_000_000]) {
      const { buffer, arenaBase } = create(byteLength);
      expect(buffer.byteLength - arenaBase).toBeGreaterThanOrEqual(byteLength);
      expect(new Uint8Array(buffer, arenaBase).every((byte) => byte === 0)).toBe(true);
    }
  });

  test("starts the arena on a 64-byte boundary past the static data", () => {
    const { arenaBase } = create(0);
    expect(arenaBase).toBeGreaterThan(0);
    expect(arenaBase % 64).toBe(0);
  });

  test("gives every instance a memory of its own", () => {
    const [first, second] = [create(64), create(64)];
    new Float64Array(first.buffer, first.arenaBase, 1)[0] = 3;
    expect(first.sumAbs(first.arenaBase, 1)).toBe(3);
    expect(second.sumAbs(second.arenaBase, 1)).toBe(0);
  });

  test("gives no second memory to who asks for no bytes", () => {
    expect(create(0).buffer).toBe(create(0).buffer);
  });

  test("says that memory is refused where no engine provides it, not that the binary is bad", () => {
    expect(() => create(2 ** 40)).toThrow(ArenaFullError);
    expect(() => create(2 ** 40)).toThrow(/the engine gives no memory of \d+ bytes/);
  });

  test("belongs to this version of the ABI", async () => {
    const { instance } = await WebAssembly.instantiate(bytes, { env: { memory: new WebAssembly.Memory({ initial: 1 }) } });
    expect((instance.exports.abiVersion as () => number)()).toBe(abiVersion);
  });
});

test("the binary ends with a hash of what stands before, by which hosts tell builds apart", () => {
  const [stamp] = WebAssembly.Module.customSections(new WebAssembly.Module(bytes), "steepest.build");
  const section = 2 + 1 + "steepest.build".length + stamp!.byteLength;
  const hash = createHash("sha256").update(bytes.subarray(0, -section)).digest("hex");
  expect(new TextDecoder().decode(stamp)).toBe(hash.slice(0, 16));
});
