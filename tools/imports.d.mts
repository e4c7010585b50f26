export function importsOf(texts: ReadonlyMap<string, string>): Map<string, string[]>;
export function circles(imports: ReadonlyMap<string, readonly string[]>): string[][];
export function outOfOrder(
  imports: ReadonlyMap<string, readonly string[]>,
  src: string,
  order: readonly string[],
  entries: readonly string[],
): string[];
