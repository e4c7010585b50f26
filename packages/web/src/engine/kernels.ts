import { type Host, loadHost } from "@steepest/browser/serve";
import { binaryUrl } from "@steepest/kernels";

/** The kernels of the page; the one place to change for another engine. @throws KernelLoadError */
export async function loadEngine(): Promise<Host> {
  return loadHost({ kind: "url", href: binaryUrl().href });
}
