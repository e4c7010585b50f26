// Writes rows to a run folder until it is killed, or completes after as many as told. Prints the path once the first row is written.
import { openRunFolder } from "@steepest/node";

const [root, limit, fresh] = process.argv.slice(2);
const definition = { id: "killed" };
const folder = await openRunFolder(root, { study: "study", name: "arm-s0-0", definition, environment: {}, fresh: fresh === "fresh" });
for (let step = 0; step < Number(limit); step++) {
  folder.appendRow({ step, logRisk: -step / 3, filler: "x".repeat(step % 5000) });
  if (step === 0) process.stdout.write(`${folder.path}\n`);
}
folder.complete({ kind: "finished" });
