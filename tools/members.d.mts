export function isRegistry(path: string): boolean;
export function membersOf(text: string): string[];
export function askedMembers(text: string, ids: ReadonlySet<string>): { readonly line: number; readonly id: string }[];
