import { drawUniform, type LabelledData, streams } from "@steepest/core";
import type { OptionsOf } from "../definition/choice.js";
import { expecting, field, integer, type ReadonlyTree, ruled, z } from "../definition/schema.js";
import { datasetMember } from "./dataset.js";
import { classProblems, drawnFromImages, imageFields } from "./imageSelection.js";
import { mnistLabelled } from "./mnistImages.js";

/** Red, green and blue: each class has a colour of its own. */
const channels = 3;

const form = z.strictObject({
  kind: z.literal("colorPatchMnist"),
  ...imageFields(0, 9, [3, 6]),
  patch: field(integer(1), "Side of the patch in the upper left corner, in pixels after pooling.", { unit: "pixels", example: 2 }),
  agreement: field(
    expecting("must be a number from 0 to 1", (error) => z.number(error).min(0, error).max(1, error)),
    "Probability that the patch of a training image has the colour of its class; otherwise it has that of the next class.",
    { unit: "1", example: 1 },
  ),
  testPatch: field(
    z.enum(["flipped", "kept", "none"]),
    "Patch of the test images: flipped, the colour of the next class; kept, that of their own; none, the image as it is.",
    { example: "flipped" },
  ),
});

type Choice = OptionsOf<ReadonlyTree<z.output<typeof form>>>;

const schema = ruled(form, {
  problems: (choice) => [...classProblems(choice), ...tooLarge(choice)],
});

function tooLarge({ classes, patch, pool }: Readonly<Record<string, unknown>>): { path: PropertyKey[]; message: string }[] {
  const side = Math.floor(28 / (typeof pool === "number" ? pool : 1));
  return [
    ...(classes === "each" || (Array.isArray(classes) && classes.length > channels)
      ? [
          {
            path: ["classes"],
            message: `must be at most ${channels} classes, one per colour, got ${classes === "each" ? '"each"' : classes.length}`,
          },
        ]
      : []),
    ...(typeof patch === "number" && patch > side
      ? [{ path: ["patch"], message: `must be at most the side of the images, ${side}, got ${patch}` }]
      : []),
  ];
}

const images = drawnFromImages<Choice>(() => mnistLabelled);

/** The images in three channels, each with a patch in the corner. @param colorOf  the channel of the patch of sample i, of class c; undefined: no patch */
function coloured(data: LabelledData, side: number, patch: number, colorOf: (i: number, c: number) => number | undefined): LabelledData {
  const { inputs: grey, labels, inputDim, classes } = data;
  const inputs = new Float64Array(grey.length * channels);
  for (let i = 0; i < labels.length; i++) {
    const color = colorOf(i, classes === undefined ? (labels[i]! + 1) / 2 : labels[i]!);
    const image = grey.subarray(i * inputDim, (i + 1) * inputDim);
    for (let channel = 0; channel < channels; channel++) {
      const start = (i * channels + channel) * inputDim;
      inputs.set(image, start);
      if (color === undefined) continue;
      for (let row = 0; row < patch; row++) inputs.fill(channel === color ? 1 : 0, start + row * side, start + row * side + patch);
    }
  }
  return { ...data, inputs, inputDim: channels * inputDim };
}

/**
 * MNIST in three channels with a coloured patch that predicts the class in training, and another one in the test: a simple feature beside the shape of the
 * digit. As in Vasudeva et al. 2025 (arXiv:2505.24022): 14 x 14 pixels, 0 against 1 and 2, a patch of 2 x 2 that is flipped in the test.
 */
export const colorPatchMnist = datasetMember({
  schema,
  title: "colour-patch MNIST",
  summary: "digits of MNIST with a coloured patch that predicts the class in training and misleads in the test",
  examples: [
    { kind: "colorPatchMnist", classes: [0, [1, 2]], trainSize: 100, pool: 2, patch: 2, agreement: 1, testPatch: "flipped" },
    { kind: "colorPatchMnist", classes: [0, 1, 2], trainSize: 100, testSize: 50, pool: 2, patch: 2, agreement: 0.9, testPatch: "none" },
  ],
  sizes: (choice) => {
    const { inputDim, image, drawBytes, ...sizes } = images.sizes(choice);
    return { ...sizes, inputDim: channels * inputDim, image: { ...image!, channels }, drawBytes: (1 + channels) * drawBytes };
  },
  files: images.files,
  build: (choice) => {
    const drawGrey = images.build(choice);
    const { agreement, patch, testPatch } = choice;
    return async (seed, host) => {
      const { train, test } = await drawGrey(seed, host);
      const side = Math.sqrt(train.inputDim);
      const count = train.classes ?? 2;
      const next = (c: number): number => (c + 1) % count;
      const uniforms = drawUniform(host.kernels, { seed, stream: streams.agreement, count: train.labels.length });
      const misleads = { flipped: next, kept: (c: number): number => c, none: () => undefined };
      return {
        train: coloured(train, side, patch, (i, c) => (uniforms[i]! < agreement ? c : next(c))),
        test: test && coloured(test, side, patch, (_, c) => misleads[testPatch](c)),
      };
    };
  },
});
