import { stepStarts } from "@steepest/experiments";
import { optimizerStarts } from "../../src/setup/choices.js";
import { defaultSetup } from "../../src/setup/defaults.js";
import type { ArmSetup, RaceSetup } from "../../src/setup/raceSetup.js";

const paced = stepStarts.marginPaced;
export const gradient: ArmSetup = { optimizer: { kind: "steepest", norm: "l2", normalized: true }, step: paced };
export const sign: ArmSetup = { optimizer: { kind: "steepest", norm: "linf", normalized: true, smoothing: "none" }, step: paced };
export const coordinate: ArmSetup = { optimizer: { kind: "steepest", norm: "l1", normalized: true, smoothing: "none" }, step: paced };
export const spectral: ArmSetup = { optimizer: { kind: "steepest", norm: "spectral", normalized: true }, step: paced };
const adam: ArmSetup = { optimizer: optimizerStarts.adam, step: stepStarts.constant };
const muon: ArmSetup = { optimizer: optimizerStarts.muon, step: stepStarts.constant };
const plain: ArmSetup = { optimizer: { kind: "steepest", norm: "l2", normalized: false }, step: stepStarts.constant };
const judged: ArmSetup = { optimizer: sign.optimizer, step: stepStarts.backtracking };

const moons = { kind: "moons", trainSize: 16, noise: 0.1, constant: 1 } as const;

/** Every arm separates the data within 100 steps. */
export const small: RaceSetup = { ...defaultSetup, data: moons, width: 16, steps: 300, arms: [gradient, sign, coordinate, spectral] };

/** So large a step that the scores leave the doubles. */
export const exploding: ArmSetup = { optimizer: plain.optimizer, step: { rule: "constant", size: 1e6 } };

/** Arms that both come to a place where no step lowers the risk any more, and are recorded there once more. */
export const stalling: RaceSetup = {
  ...small,
  seed: 9,
  arms: [
    { optimizer: coordinate.optimizer, step: stepStarts.backtracking },
    { optimizer: coordinate.optimizer, step: stepStarts.lineSearch },
  ],
};

/** Races of every kind that the page can show. */
export const setups: Readonly<Record<string, RaceSetup>> = {
  "steepest descent on moons": small,
  "optimisers with memory, judged steps": { ...small, arms: [adam, muon, plain, judged], loss: "logistic", reduction: "mean" },
  "a linear model": { ...small, depth: 0, data: { kind: "separable", trainSize: 30, noise: 0.08, constant: 0 } },
  "squared ReLU, two layers": { ...small, depth: 2, activation: { reluPower: 2 }, steps: 100 },
  "a teacher's data": {
    ...small,
    data: { kind: "teacherStudent", inputDim: 16, teacherWidth: 4, nonzerosPerNeuron: 2, minTeacherScore: 0.1, trainSize: 20, testSize: 0 },
  },
  "an arm that diverges": { ...small, depth: 3, arms: [exploding, gradient] },
};
