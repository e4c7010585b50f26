export function misplacedTests(
  imports: ReadonlyMap<string, readonly string[]>,
  home: string,
  entries?: readonly string[],
  whole?: readonly string[],
): string[];
