export function undocumented(entry: string, texts: ReadonlyMap<string, string>): string[];
