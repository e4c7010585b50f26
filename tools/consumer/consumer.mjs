// What a user of the packages writes first. Run by tools/pack-check.mjs in a project that only has the tarballs.
import { createHash } from "node:crypto";
import { losses, marginPaced, mlp, norms, steepestDescent } from "@steepest/core";
import { createEngine } from "@steepest/node";

const engine = await createEngine();
const network = mlp({ widths: [2, 8, 1], activation: "relu" });
const data = { inputs: Float64Array.of(1, 2, 2, 1, -1, -2, -2, -1), labels: [1, 1, -1, -1], inputDim: 2 };
const run = engine.train({
  network,
  data,
  loss: losses.exponential,
  optimizer: steepestDescent({ norm: norms.linf, normalized: true, smoothing: "none" }),
  step: marginPaced({ c: 0.25 }),
  init: { law: "uniformFanIn", scale: 1 },
  seed: 7,
});

const hash = createHash("sha256");
let last;
for await (const point of run.points({ perDecade: 32 })) {
  hash.update(JSON.stringify(point));
  last = point;
  if (point.logRisk < -2302.6) break; // a risk below 1e-1000
}
const residual = await run.kktResidual("linf");
const certificate = await run.certificate("linf"); // by a linear programme, with the solver of another package
await engine.close();
if (!(last.margin.linf > 0 && residual.stationarity < 0.5)) throw new Error("the run did not separate the data");
if (!(certificate.document.entries[0].kappa[0] > 0.5)) throw new Error("the direction of the run is no KKT point by far");
console.log(`log risk ${last.logRisk.toFixed(1)}, margin.linf ${last.margin.linf.toFixed(4)}, rows ${hash.digest("hex").slice(0, 16)}`);
