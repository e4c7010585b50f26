// The two hosts that a bench can run on, by the name on its command line.
import { readFile } from "node:fs/promises";
import { binaryUrl, loadKernels } from "@steepest/kernels";
import { referenceKernels } from "@steepest/reference";

const hosts = {
  wasm: async () => loadKernels(await readFile(binaryUrl())),
  twin: async () => referenceKernels,
};

/** The host of `--host=wasm` or `--host=twin`. */
export function hostFromArguments(args = process.argv.slice(2)) {
  const name = args.find((arg) => arg.startsWith("--host="))?.slice("--host=".length);
  if (!Object.hasOwn(hosts, name ?? "")) throw new Error("expected --host=wasm or --host=twin");
  return hosts[name]();
}

/** The number of `--name=value`, or the default. */
export function numberFromArguments(name, byDefault, args = process.argv.slice(2)) {
  const text = args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
  return text === undefined ? byDefault : Number(text);
}
