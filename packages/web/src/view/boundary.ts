import type { Picture, Plane, ShownSamples } from "../engine/message.js";
import { armColor, channelsOf, token } from "./theme.js";
import { zeroLine } from "./zeroLine.js";

const supportTolerance = 0.01;

interface Scene {
  readonly data: ShownSamples;
  readonly plane: Plane;
  readonly picture: Picture | undefined;
  readonly arm: number;
  /** Multipliers of samples, which are ringed by them instead of by their margins. */
  readonly multipliers?: ReadonlyMap<number, number>;
}

/**
 * Draws the picture: the positive side tinted by the size of the score, grey where it is exactly 0, the boundary, the samples sized by their margins, support
 * samples ringed.
 */
export function drawBoundary(canvas: HTMLCanvasElement, scene: Scene): void {
  const side = Math.round(canvas.clientWidth * devicePixelRatio);
  if (side === 0) return;
  if (canvas.width !== side || canvas.height !== side) [canvas.width, canvas.height] = [side, side]; // another picture may have been there
  const context = canvas.getContext("2d")!;
  context.fillStyle = token("--paper");
  context.fillRect(0, 0, side, side);
  const { scores } = scene.picture ?? {};
  if (scores) {
    drawTint(context, side, scene.plane.size, scores, channelsOf(`--arm-${scene.arm}`));
    drawZero(context, side, scene.plane.size, scores, armColor(scene.arm));
  }
  drawSamples(context, side, scene);
}

/** A canvas that is kept, since a context is expensive to make. */
const cells = new OffscreenCanvas(1, 1);

/** One pixel per cell of the grid, stretched over the canvas. */
function drawTint(context: CanvasRenderingContext2D, side: number, size: number, scores: Float32Array, color: readonly number[]): void {
  const largest = scores.reduce((most, score) => Math.max(most, Math.abs(score)), 0) || 1;
  const undecided = channelsOf("--line");
  const image = new ImageData(size, size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const score = scores[row * size + column]! / largest;
      if (score < 0) continue;
      const pixel = 4 * ((size - 1 - row) * size + column);
      image.data.set(score === 0 ? undecided : color, pixel);
      image.data[pixel + 3] = score === 0 ? 255 : 255 * (0.1 + 0.28 * Math.sqrt(score));
    }
  }
  if (cells.width !== size) [cells.width, cells.height] = [size, size];
  cells.getContext("2d", { willReadFrequently: true })!.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(cells, 0, 0, side, side);
}

function drawZero(context: CanvasRenderingContext2D, side: number, size: number, scores: Float32Array, color: string): void {
  const cell = side / size;
  context.beginPath();
  for (const [from, to] of zeroLine(size, scores)) {
    context.moveTo((from[0] + 0.5) * cell, side - (from[1] + 0.5) * cell);
    context.lineTo((to[0] + 0.5) * cell, side - (to[1] + 0.5) * cell);
  }
  context.strokeStyle = color;
  context.lineWidth = 2.5 * unitOf(side);
  context.stroke();
}

/** Pixels per unit of length, larger in large pictures. */
const unitOf = (side: number): number => Math.max(devicePixelRatio, side / 320);

function drawSamples(context: CanvasRenderingContext2D, side: number, { data, plane, picture, multipliers }: Scene): void {
  const [ink, paper] = [token("--ink"), token("--paper")];
  const margins = picture?.sampleMargins;
  const largest = margins ? margins.reduce((most, q) => Math.max(most, q), 0) : 0;
  const smallest = margins ? margins.reduce((least, q) => Math.min(least, q), Infinity) : 0;
  const heaviest = multipliers && Math.max(...multipliers.values());
  const across = (value: number, [low, high]: readonly [number, number]): number => ((value - low) / (high - low)) * side;
  const unit = unitOf(side);
  context.lineWidth = 1.3 * unit;
  data.labels.forEach((label, i) => {
    const x = across(data.inputs[i * data.inputDim]!, plane.x);
    const y = side - across(data.inputs[i * data.inputDim + 1]!, plane.y);
    const q = margins?.[i] ?? 0;
    const radius = (2.2 + (largest > 0 && q > 0 ? 4 * Math.sqrt(q / largest) : 0)) * unit;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = label > 0 ? ink : paper;
    context.strokeStyle = label > 0 ? paper : ink;
    context.fill();
    context.stroke();
    if (margins && q < 0) cross(context, x, y, 4 * unit, ink);
    const multiplier = multipliers?.get(i);
    if (heaviest === undefined) {
      if (smallest > 0 && q <= smallest * (1 + supportTolerance)) ring(context, x, y, radius + 4 * unit, ink);
    } else if (multiplier !== undefined) {
      context.lineWidth = (1 + 3 * Math.sqrt(multiplier / heaviest)) * unit;
      ring(context, x, y, radius + 5 * unit, ink);
      context.lineWidth = 1.3 * unit;
    }
  });
}

function cross(context: CanvasRenderingContext2D, x: number, y: number, r: number, color: string): void {
  context.beginPath();
  context.moveTo(x - r, y - r);
  context.lineTo(x + r, y + r);
  context.moveTo(x + r, y - r);
  context.lineTo(x - r, y + r);
  context.strokeStyle = color;
  context.stroke();
}

function ring(context: CanvasRenderingContext2D, x: number, y: number, radius: number, color: string): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.strokeStyle = color;
  context.stroke();
}
