/** Where the binary lies: Node reads it, browsers fetch it, bundlers see the literal and emit the file. Resolves from both src/ and dist/. */
export const binaryUrl: URL = new URL("../wasm/steepest.wasm", import.meta.url);
