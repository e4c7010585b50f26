import { transformSync } from "esbuild";

/** JavaScript without comments, line breaks and indentation. */
export function bareCode(code: string): string {
  return transformSync(code, { minifyWhitespace: true, legalComments: "none", charset: "utf8" }).code;
}
