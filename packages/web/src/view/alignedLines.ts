import type { ChartProps, Line } from "./plotOptions.js";

/** True if a value of a line has a place on its axis. */
export function hasPlace({ least }: Line, logY: boolean, y: number): boolean {
  return y >= (least ?? (logY ? Number.MIN_VALUE : -Infinity));
}

/** All lines over one increasing x: undefined where a line has no value, which is bridged; null where its value has no place, which is a gap. */
export function aligned({ lines, logY }: Pick<ChartProps, "lines" | "logY">): [number[], ...(number | null | undefined)[][]] {
  const xs = [...new Set(lines.flatMap(({ points }) => points.map(([x]) => x)))].sort((a, b) => a - b);
  const ys = lines.map((line) => {
    const byX = new Map(line.points);
    return xs.map((x) => {
      const y = byX.get(x);
      return y === undefined || hasPlace(line, logY, y) ? y : null;
    });
  });
  return [xs, ...ys];
}
