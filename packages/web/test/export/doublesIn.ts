/** The numbers that a PyTorch program decodes from base64, in order. */
export function doublesIn(text: string): Float64Array[] {
  return [...text.matchAll(/decode\(\n((?: +"[A-Za-z0-9+/=]*"\n)+) *\)/g)].map(([, lines]) => {
    const bytes = Buffer.from(lines!.replace(/[\s"]/g, ""), "base64");
    return Float64Array.from({ length: bytes.length / 8 }, (_, i) => bytes.readDoubleLE(8 * i));
  });
}
