/** Where something stands in a definition. */
export type Path = readonly PropertyKey[];

/** `arms.gradient.step.size`, `claims[3].left` */
export function pathText(path: Path): string {
  return path.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : text === "" ? String(key) : `${text}.${String(key)}`),
    "",
  );
}

export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null && Object.hasOwn(inner, key) ? (inner as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );
}

/** Whether one of the paths leads to the other, or both are the same. */
export function areOnOneLine(a: Path, b: Path): boolean {
  return a.slice(0, b.length).every((key, i) => key === b[i]);
}

/**
 * Order of the places of two paths in `value`: as the keys stand there. What is missing comes behind what is there, and what holds something behind what
 * is wrong with it as a whole.
 */
export function compareInFile(value: unknown, a: Path, b: Path): number {
  const common = a.findIndex((key, i) => key !== b[i]);
  const split = common < 0 ? a.length : common;
  if (split === a.length || split === b.length) return a.length - b.length;
  const parent = valueAt(value, a.slice(0, split));
  const keys = typeof parent === "object" && parent !== null ? Object.keys(parent) : [];
  const place = (key: PropertyKey): number => {
    const found = keys.indexOf(String(key));
    return found < 0 ? keys.length : found;
  };
  return place(a[split]!) - place(b[split]!);
}
