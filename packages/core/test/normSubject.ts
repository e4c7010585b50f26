import { ArenaPlan, type KernelFactory } from "@steepest/kernels";
import type { NormSubject } from "@steepest/laws";
import type { NormFactory } from "../src/index.js";

const longest = 64;

/** A norm of the core as a plain subject: vectors are copied into kernel memory and back. */
export function normSubject(factory: NormFactory, kernels: KernelFactory): NormSubject {
  const arena = new ArenaPlan().span(longest).span(longest).span(longest).allocate(kernels);
  const [memory, output, scratch] = [arena.span(longest), arena.span(longest), arena.span(longest)];
  const norm = factory(arena.kernels);
  const load = (x: Float64Array) => {
    memory.view.set(x);
    return { ptr: memory.ptr, length: x.length, view: memory.view.subarray(0, x.length) };
  };
  const out = (length: number) => ({ ptr: output.ptr, length, view: output.view.subarray(0, length) });
  return {
    norm: (x) => norm.norm(load(x)),
    dualNorm: (g) => norm.dualNorm(load(g)),
    lmo: (g) => {
      norm.lmo(load(g), out(g.length));
      return output.view.slice(0, g.length);
    },
    projectBall: (x, radius) => {
      norm.projectBall(load(x), out(x.length), radius, scratch);
      return output.view.slice(0, x.length);
    },
  };
}
