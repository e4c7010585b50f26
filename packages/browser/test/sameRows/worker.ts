import { type HostKind, loadHost } from "@steepest/browser/serve";
import { type RunInBits, runsInBits } from "./runsInBits.js";

export type Said = { readonly host: HostKind; readonly runs: readonly RunInBits[] } | { readonly refused: string };

const binary = { kind: "url", href: new URL("./steepest.wasm", import.meta.url).href } as const;

async function say(definition: unknown): Promise<Said> {
  try {
    const { kind, kernels } = await loadHost(binary);
    return { host: kind, runs: await runsInBits(definition, kernels) };
  } catch (error) {
    return { refused: String(error) };
  }
}

addEventListener("message", ({ data }) => void say(data).then((said) => postMessage(said)));
