/** The symbol that compilers of `await using` look up, also in browsers that do not have it yet. */
export const asyncDispose: typeof Symbol.asyncDispose = Symbol.asyncDispose ?? Symbol.for("Symbol.asyncDispose");
