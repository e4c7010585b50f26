/** The name here of a word of another library, for a caller of factories and for a writer of definitions. */
interface ForeignWord {
  /** Names here, options or choices. Where none of them is known, neither is what the word means. */
  readonly names?: readonly string[];
  /** Advice to writers of definitions: where one of the names is known, or everywhere if there are none. Absent: "written as" the names. */
  readonly definition?: string;
  /** Advice to writers of definitions that is true everywhere else. */
  readonly elsewhere?: string;
  /** Advice to callers of factories that know none of the names. */
  readonly code?: string;
}

const smooth =
  'not among them: write "relu", { "leakyRelu": 0.01 }, { "reluPower": 2 } or another homogeneous one, or "silu", "gelu", { "elu": 1 }, "softplus" or "tanh" with "homogeneity": "measured"';
const crossEntropy = 'write "logistic", the cross-entropy: of one score with labels -1 and 1, of several classes with labels 0, 1, ...';
const squares = 'write "squared", half the sum of (f - t)^2 over the targets of a sample; MSELoss is twice its mean per target';
const noFrame = 'not among them: losses with an exponential tail are "logistic" and "exponential", and "squared" is one of targets';
const adaptive = 'not among them: "adam", "adamW", "rmsProp", "adaGrad", "shampoo" and "soap" are the adaptive ones';
const steepestIn = (norm: string): string => `write { "kind": "steepest", "norm": ${norm}, "normalized": true }`;
const perArm = 'each arm holds its own: "arms": { "gradient": { "optimizer": ..., "step": ... } }';
const fanIn =
  'uniformFanIn with "scale": 1 draws from U(-1 / sqrt(fan-in), 1 / sqrt(fan-in)), as torch.nn.Linear does; normalFanIn with "scale": 1.414 is Kaiming\'s normal law';
const evenDecay = 'step rules are constant, warmUp, powerLaw and others (steepest list steps); "phases" change the rule within a run';

const decoupled = "decoupled decay wraps an optimizer: decoupledDecay(optimizer, lambda), which with adam is adamW";

/** Words of PyTorch, optax and others, those of one meaning together; case and underscores tell no two apart. */
const meanings: readonly (readonly [words: readonly string[], meaning: ForeignWord])[] = [
  [["leaky_relu"], { names: ["relu"], definition: 'write { "leakyRelu": 0.01 }, with the slope below 0' }],
  [["relu2", "squared_relu"], { names: ["relu"], definition: 'write { "reluPower": 2 }' }],
  [["linear"], { names: ["identity"], definition: 'write "identity"' }],
  [["exp"], { names: ["exponential"], definition: 'write "exponential"' }],
  [["log"], { names: ["logistic"], definition: 'write "logistic"' }],
  [
    ["cifar", "cifar-10", "cifar100"],
    { names: ["cifar10"], definition: 'classes of CIFAR-10: { "kind": "cifar10", "classes": [3, 5], "trainSize": 100 }' },
  ],
  [
    ["csv", "custom"],
    {
      names: ["points"],
      definition:
        'samples stand in the definition itself: { "kind": "points", "inputs": [[1, 2], [-1, -2]], "labels": [1, -1], "constant": 0 }',
    },
  ],
  [["make_moons"], { names: ["moons"], definition: 'write "moons"' }],
  [["make_circles"], { names: ["circles"], definition: 'write "circles"' }],
  [["blobs"], { names: ["separable"], definition: 'write "separable"' }],
  [["gain"], { names: ["scale"], definition: 'written as "scale"' }],
  [["std"], { names: ["scale"], definition: 'written as "scale": the deviation is scale / sqrt(fan-in)' }],
  [["l3"], { names: ["linf"], definition: 'write { "lp": 3 }' }],
  [["inf", "max"], { names: ["linf"], definition: 'write "linf"' }],
  [["fro", "frobenius"], { names: ["l2"], definition: 'write "l2", of all weights together' }],
  [["euclidean"], { names: ["l2"], definition: 'write "l2"' }],
  [["operator"], { names: ["spectral"], definition: 'write "spectral"' }],
  [["fixed"], { names: ["constant"], definition: 'write "constant"' }],
  [["size"], { definition: 'the step rule of the arm holds it: "step": { "rule": "constant", "size": 0.01 }' }],
  [["step_size"], { names: ["size"], elsewhere: 'the step rule of the arm holds it: "step": { "rule": "constant", "size": 0.01 }' }],
  [["b1"], { names: ["beta1"] }],
  [["b2"], { names: ["beta2"] }],
  [["name"], { names: ["id"], definition: 'written as "id"; an arm is named by its key in "arms"' }],
  [["criterion", "loss_fn"], { names: ["loss"] }],
  [["architecture", "net", "model"], { names: ["network"] }],
  [["task", "data"], { names: ["dataset"] }],
  [["train", "training"], { definition: 'the definition itself holds "seeds", "stop" and "record"' }],
  [
    ["metrics", "logging"],
    { definition: 'the definition itself holds it: "record": { "probes": ["logRisk", "margin.linf"], "pointsPerDecade": 24 }' },
  ],
  [["log_every"], { definition: 'rows are at even distances of log(step): "record": { "probes": [...], "pointsPerDecade": 24 }' }],
  [["steps", "max_steps", "num_steps", "iterations", "max_iter"], { definition: 'a run ends by "stop": { "steps": 5000 }' }],
  [["n", "n_samples", "num_samples", "samples"], { names: ["trainSize"] }],
  [["x"], { names: ["inputs"] }],
  [["y", "targets"], { names: ["labels"], definition: 'written as "labels": -1 or 1 per sample' }],
  [
    ["width", "depth", "num_layers", "layers", "hidden_sizes"],
    { names: ["hidden"], definition: 'written as the widths of the hidden layers: "hidden": [64, 64]' },
  ],
  [
    ["widths"],
    {
      names: ["hidden"],
      definition: 'written as the widths of the hidden layers: "hidden": [64, 64]; the data decide the first, the last is 1',
    },
  ],
  [["hidden_dim", "hidden_size"], { names: ["hidden"], definition: 'written as the widths of the hidden layers: "hidden": [64]' }],
  [["logistic_regression"], { names: ["linear"], definition: 'write { "kind": "linear", ... }, with the loss "logistic"' }],
  [
    ["bias", "biases"],
    {
      names: ["bias"],
      elsewhere:
        'homogeneous networks only: perceptrons have no biases; "constant": 1 in a data set of the plane adds a coordinate that stands for one, and a dense layer of { "kind": "layers" } may have a "bias"',
      code: "perceptrons have no biases; a further input that is always 1 stands for one, and layers({ ... }) of dense({ units, bias: true }) have them",
    },
  ],
  [
    ["lr", "learning_rate"],
    {
      names: ["size"],
      elsewhere: 'the step rule of the arm holds it: "step": { "rule": "constant", "size": 0.01 }',
      code: "the step rule holds it: step: constant({ size: 0.01 })",
    },
  ],
  [["betas"], { names: ["beta1", "beta2"], code: "options of adam, adamW and lion: beta1 and beta2" }],
  [["eps"], { names: ["epsilon"], code: "an option of adam, adamW, rmsProp, adaGrad and shampoo: epsilon" }],
  [["weight_decay", "wd"], { names: ["decay"], code: decoupled }],
  [["momentum"], { code: "an option of momentumDescent, heavyBall, signum, muon, scion and rmsProp" }],
  [["nesterov"], { code: "an option of momentumDescent, heavyBall and muon" }],
  [
    ["epochs", "num_epochs"],
    {
      definition: 'a run is measured in steps: "stop": { "steps": 5000 }',
      code: "a run is measured in steps: stop: { steps: 5000 } of the training",
    },
  ],
  [["roll"], { names: ["rollback"], code: "an option of lossBased: rollback" }],
  [["swish"], { names: ["silu"], definition: 'write "silu"' }],
  [["sigmoid", "selu", "mish", "hardswish"], { names: ["relu"], definition: smooth }],
  [
    [
      "BCEWithLogitsLoss",
      "BCELoss",
      "bce",
      "binary_cross_entropy",
      "CrossEntropyLoss",
      "cross_entropy",
      "nll",
      "NLLLoss",
      "softmax_cross_entropy",
      "categorical_cross_entropy",
      "sparse_categorical_cross_entropy",
      "categoricalCrossentropy",
      "softmax",
      "ce",
      "log_loss",
      "SoftMarginLoss",
    ],
    { names: ["logistic"], definition: crossEntropy },
  ],
  [
    ["mse", "MSELoss", "l2loss", "l2_loss", "mean_squared_error", "squared_error", "squared_loss", "least_squares", "quadratic", "l2"],
    { names: ["squared"], definition: squares },
  ],
  [
    ["hinge", "HingeEmbeddingLoss", "HingeLoss", "mae", "L1Loss", "huber", "SmoothL1Loss", "focal"],
    { names: ["logistic"], definition: noFrame },
  ],
  [
    ["regression", "linear_regression", "make_regression"],
    {
      names: ["linearTeacher", "squared"],
      definition:
        'a regression has a data set with targets, { "kind": "linearTeacher", ... } or { "kind": "targetPoints", ... }, and the loss { "kind": "squared", ... }',
    },
  ],
  [["nadam", "radam", "amsgrad", "adamax", "adadelta", "adafactor", "lamb", "sophia"], { names: ["adam"], definition: adaptive }],
  [["lbfgs", "bfgs", "newton", "sam"], { names: ["steepest"], definition: "not among them: steepest list optimizers has what there is" }],
  [["ngd", "normalized_gd", "normalized_gradient_descent"], { names: ["steepest"], definition: steepestIn('"l2"') }],
  [["coordinate", "coordinate_descent"], { names: ["steepest"], definition: steepestIn('"l1", "smoothing": "none"') }],
  [["spectral_descent"], { names: ["steepest"], definition: steepestIn('"spectral"') }],
  [
    ["svrg", "variance_reduced"],
    {
      names: ["steepest"],
      definition: 'the batch of an arm holds it: "batch": { "size": 10, "order": "shuffled", "varianceReduced": {} }, with any optimizer',
    },
  ],
  [
    [
      "kaiming",
      "kaiming_uniform",
      "kaiming_normal",
      "he",
      "he_normal",
      "xavier",
      "xavier_uniform",
      "xavier_normal",
      "glorot",
      "normal",
      "gaussian",
      "uniform",
    ],
    { names: ["uniformFanIn"], definition: fanIn },
  ],
  [["cosine_annealing", "cosine_decay"], { names: ["cosine"], definition: 'write "cosine"' }],
  [["scheduler", "schedule", "lr_scheduler"], { definition: evenDecay }],
  [["in_features"], { definition: "the data decide it" }],
  [["out_features"], { definition: "it follows from the data set: one score, one per class, or one per target" }],
  [["device", "dtype"], { definition: "steepest computes on the CPU, in float64: leave it out" }],
  [
    ["cnn", "conv", "convnet"],
    {
      names: ["layers"],
      definition: 'write { "kind": "layers", "layers": [{ "kind": "conv2d", "channels": 8, "size": 5 }, "relu"], ... }, on data of images',
    },
  ],
  [
    ["dropout", "batchnorm", "BatchNorm1d", "BatchNorm2d"],
    { names: ["dense"], definition: "not among them: what a layer gives for a sample depends on that sample and the weights alone" },
  ],
  [
    ["clip", "clip_norm", "clip_grad", "clip_grad_norm", "max_grad_norm", "grad_clip", "gradient_clipping", "global_clipnorm"],
    { definition: 'clipping wraps an optimizer: { "kind": "clipped", "norm": "l2", "length": 1, "optimizer": { "kind": "adam", ... } }' },
  ],
  [["transformer", "attention"], { names: ["layers"], definition: "not among them: steepest list networks has what there is" }],
  [
    ["batch_size"],
    { definition: 'each arm holds it: "batch": { "size": 10, "order": "shuffled" }; without it every step sees all samples' },
  ],
  [["seed"], { names: ["seeds"], definition: 'written as a list: "seeds": [0]' }],
  [["optimizers", "optimizer"], { names: ["arms"], definition: perArm }],
  [
    ["sgd"],
    {
      names: ["steepest"],
      definition:
        'gradient descent is { "kind": "steepest", "norm": "l2", "normalized": false }; with momentum { "kind": "heavyBall", ... }',
    },
  ],
  [
    ["gd", "gradientdescent"],
    { names: ["steepest"], definition: 'gradient descent is { "kind": "steepest", "norm": "l2", "normalized": false }' },
  ],
  [
    ["signgd", "signsgd"],
    { names: ["steepest"], definition: 'sign descent is { "kind": "steepest", "norm": "linf", "normalized": true, "smoothing": "none" }' },
  ],
];

const plain = (word: string): string => word.toLowerCase().replaceAll("_", "");

/** Every word with its meaning. */
export const words: ReadonlyMap<string, ForeignWord> = new Map(
  meanings.flatMap(([alike, meaning]) => alike.map((word) => [plain(word), meaning] as const)),
);

/**
 * The name here of a word of another library.
 *
 * @param word   an option, key or choice that is not known
 * @param form   "code" for options of factories, "definition" for keys and choices of a definition
 * @param known  the options or choices there are in its place: advice names one of them, or is true in any place
 * @returns advice, or undefined for other words
 */
export function foreignWord(word: string, form: "code" | "definition", known: readonly string[]): string | undefined {
  const { names: meant, definition, elsewhere, code } = words.get(plain(word)) ?? {};
  const here = meant?.filter((name) => known.includes(name)) ?? [];
  if (here.length > 0) return (form === "definition" ? definition : undefined) ?? writtenAs(here, form);
  if (form === "code") return code;
  return meant === undefined ? definition : elsewhere;
}

/** Names of options here that a word of another library may mean, wherever they are known. */
export function namesOfForeign(word: string): readonly string[] {
  return words.get(plain(word))?.names ?? [];
}

/** "written as beta1 and beta2" */
export function writtenAs(names: readonly string[], form: "code" | "definition"): string {
  return `written as ${names.map((name) => (form === "code" ? name : `"${name}"`)).join(" and ")}`;
}
