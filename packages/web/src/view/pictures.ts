import type { Picture, ShownSamples } from "../engine/message.js";
import { channelsOf, token } from "./theme.js";

/** First-layer weights as a grid of pictures, each unit scaled to its own largest weight: positive dark, negative orange, zero the paper. */
export function drawFirstLayer(canvas: HTMLCanvasElement, { side, weights }: NonNullable<Picture["firstLayer"]>): void {
  const units = weights.length / (side * side);
  const columns = Math.ceil(Math.sqrt(units));
  const pitch = side + 1;
  const rows = Math.ceil(units / columns);
  [canvas.width, canvas.height] = [columns * pitch + 1, rows * pitch + 1];
  const context = canvas.getContext("2d")!;
  const image = context.createImageData(canvas.width, canvas.height);
  const [paper, positive, negative, line] = ["--paper", "--picture-positive", "--picture-negative", "--line"].map(channelsOf);
  for (let i = 0; i < image.data.length; i += 4) image.data.set([...line!, 255], i);
  for (let unit = 0; unit < units; unit++) {
    const picture = weights.subarray(unit * side * side, (unit + 1) * side * side);
    const largest = picture.reduce((most, w) => Math.max(most, Math.abs(w)), 0) || 1;
    const [left, top] = [(unit % columns) * pitch + 1, Math.floor(unit / columns) * pitch + 1];
    picture.forEach((weight, k) => {
      const share = Math.abs(weight) / largest;
      const toward = weight > 0 ? positive! : negative!;
      const pixel = ((top + Math.floor(k / side)) * canvas.width + left + (k % side)) * 4;
      paper!.forEach((from, channel) => {
        image.data[pixel + channel] = from + (toward[channel]! - from) * share;
      });
    });
  }
  context.putImageData(image, 0, 0);
}

/**
 * Sample margins of data that lies in no plane: sorted, one bar each, the smallest first; of two classes one is paler.
 *
 * @param marked  samples with a mark below their bar
 */
export function drawMargins(
  canvas: HTMLCanvasElement,
  margins: Float32Array,
  { labels, classes }: ShownSamples,
  color: string,
  marked?: { has(sample: number): boolean },
): void {
  const [width, height] = [Math.round(canvas.clientWidth * devicePixelRatio), Math.round(canvas.clientHeight * devicePixelRatio)];
  if (width === 0) return;
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext("2d")!;
  context.fillStyle = token("--paper");
  context.fillRect(0, 0, width, height);
  const order = Array.from(margins.keys()).sort((a, b) => margins[a]! - margins[b]!);
  const [low, high] = [Math.min(0, margins[order[0]!]!), Math.max(0, margins[order.at(-1)!]!)];
  const pad = 0.06 * height;
  const y = (value: number): number => height - pad - ((value - low) / (high - low || 1)) * (height - 2 * pad);
  const pitch = width / order.length;
  order.forEach((sample, place) => {
    const value = margins[sample]!;
    context.fillStyle = color;
    context.globalAlpha = classes !== undefined || labels[sample]! > 0 ? 1 : 0.45;
    context.fillRect(place * pitch, Math.min(y(0), y(value)), Math.max(1, pitch * 0.8), Math.abs(y(value) - y(0)));
  });
  context.globalAlpha = 1;
  context.fillStyle = token("--ink");
  context.fillRect(0, y(0), width, devicePixelRatio);
  order.forEach((sample, place) => {
    if (marked?.has(sample)) context.fillRect(place * pitch, y(0) + 0.2 * pad, Math.max(1, pitch * 0.8), 0.7 * pad);
  });
}
