import highs from "highs";

type Loader = (options?: { readonly locateFile?: () => string }) => Promise<unknown>;

let binary = "";

/** Tells where the binary of HiGHS lies: bundlers of pages rename it. */
export function highsAt(address: string): void {
  binary = address;
}

/** The loader of HiGHS that takes its binary from there. In `certificates.js` it stands for the package, whose types describe another build. */
export default (): Promise<unknown> => (highs as unknown as Loader)({ locateFile: () => binary });
