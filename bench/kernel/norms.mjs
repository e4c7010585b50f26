// Value, direction and projection of every norm on one 128 x 784 matrix: WASM against the twin, and against the time of one copy of the matrix.
// node bench/kernel/norms.mjs [--json] [--only=<case>]
import { readFile } from "node:fs/promises";
import { bindNormIn, lp, norms, planNorm } from "@steepest/core";
import { ArenaPlan, binaryUrl, loadKernels } from "@steepest/kernels";
import { referenceKernels } from "@steepest/reference";
import { interleave, median, pairedRatio } from "./measure.mjs";
import { generator } from "./operands.mjs";
import { report } from "./report.mjs";

const rows = 128;
const columns = 784;
const shape = { length: rows * columns, blocks: [{ offset: 0, rows, columns }] };

const operations = {
  value: ({ norm, x }) => norm.norm(x),
  lmo: ({ norm, x, out }) => norm.lmo(x, out),
  projection: ({ norm, x, out, radius }) => norm.projectBall(x, out, radius),
};

const cases = [...Object.values(norms), lp(3)].flatMap((norm) =>
  Object.keys(operations).map((operation) => ({ name: `${norm.id} ${operation}`, norm, operation })),
);

const factory = await loadKernels(await readFile(binaryUrl()));

function side(create, norm) {
  const plan = new ArenaPlan().span(shape.length).span(shape.length);
  planNorm(plan, norm, shape);
  const arena = plan.allocate(create);
  const [x, out] = [arena.span(shape.length), arena.span(shape.length)];
  const random = generator(1);
  for (let i = 0; i < shape.length; i += 1) x.view[i] = random() - 0.5;
  const bound = bindNormIn(arena, norm, shape);
  return { norm: bound, x, out, radius: bound.norm(x) / 2, kernels: arena.kernels };
}

report("norms", cases, ({ norm, operation }) => {
  const [wasm, twin] = [side(factory, norm), side(referenceKernels, norm)];
  const run = operations[operation];
  const seconds = interleave(
    {
      wasm: () => run(wasm),
      twin: () => run(twin),
      copy: () => wasm.kernels.scale(wasm.x.ptr, wasm.out.ptr, shape.length, 1),
    },
    5,
  );
  return {
    milliseconds: 1e3 * median(seconds.wasm),
    overTwin: pairedRatio(seconds.twin, seconds.wasm),
    inCopies: pairedRatio(seconds.wasm, seconds.copy),
  };
});
