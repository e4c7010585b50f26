const blocks = "▁▂▃▄▅▆▇█";

/**
 * A line of blocks, as high as its values.
 *
 * @param values  numbers in order; those that are not finite leave a blank
 * @param width   most characters; of more values each character shows the last one of its share
 * @returns lowest value ▁, largest █, a constant ▄
 */
export function sparkline(values: readonly number[], width: number): string {
  const count = Math.min(width, values.length);
  const shown = Array.from({ length: count }, (_, i) => values[Math.ceil(((i + 1) * values.length) / count) - 1]!);
  const finite = shown.filter(Number.isFinite);
  const [least, most] = [Math.min(...finite), Math.max(...finite)];
  const half = most / 2 - least / 2; // the difference itself may be beyond the doubles
  return shown.map((value) => (Number.isFinite(value) ? blocks[levelOf(value, least, half)]! : " ")).join("");
}

function levelOf(value: number, least: number, half: number): number {
  if (half === 0) return 3;
  return Math.min(blocks.length - 1, Math.floor(((value / 2 - least / 2) / half) * blocks.length));
}
