// bundle.mjs writes the built module anew, with the stamps of the build.

/** The version of this package and a hash of its worker with all that it computes with: equal on both sides of a worker, or their results may differ. */
export const buildStamp: string = "unbundled";

/** The content of the custom section `steepest.build` of the binary of this build. */
export const binaryStamp: string = "unbundled";

/** The export `stamp` of the `certificates.js` of this build. */
export const certificatesStamp: string = "unbundled";
