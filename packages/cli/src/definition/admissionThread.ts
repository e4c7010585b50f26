import { parentPort, workerData } from "node:worker_threads";
import { packError } from "@steepest/core/internal";
import { admitModules, type ExperimentDefinition, parseDefinition, resolveDefinition } from "@steepest/experiments";
import { createEngine } from "@steepest/node";
import { datasetFiles } from "../imageFiles.js";
import type { Admission, Admitting } from "./admission.js";

const post = (message: Admitting): void => parentPort!.postMessage(message);

/** The parsed definition; undefined if it is not well formed, which the thread that asked says with every issue. */
function wellFormed(value: unknown): ExperimentDefinition | undefined {
  try {
    return parseDefinition(value);
  } catch {
    return undefined;
  }
}

async function admit({ value, base }: Admission): Promise<Admitting> {
  const { kernels } = await createEngine();
  const files = datasetFiles(base, (path, sha256) => post({ kind: "load", path, sha256 }));
  const resolved = await resolveDefinition(value, files);
  post({ kind: "rest" });
  const definition = wellFormed(resolved);
  if (definition) admitModules(definition, kernels, (path) => post({ kind: "ask", path }));
  return { kind: "admitted", value: resolved };
}

post(await admit(workerData as Admission).catch((error: unknown): Admitting => ({ kind: "failed", error: packError(error) })));
