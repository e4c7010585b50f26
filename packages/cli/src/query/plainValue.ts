/** A value of an answer as plain data: integers as numbers where a double is equal to them, else as their digits; dates as texts. */
export function plainValue(value: unknown): unknown {
  if (typeof value === "bigint") return BigInt(Number(value)) === value ? Number(value) : String(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString("hex");
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plainValue(member)]));
}
