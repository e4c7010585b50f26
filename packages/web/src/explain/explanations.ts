/** An explanation of a number on the page: its formula, its meaning, and the source of the proof. */
export interface Explanation {
  readonly title: string;
  readonly formula: string;
  readonly text: string;
  readonly theorem?: string;
}

const paper = "Tsilivis, Gronich, Kempe, Vardi: Flavors of Margin. JMLR 27 (2026)";

export const explanations = {
  margin: {
    title: "margin in a norm",
    formula: "γ(θ) = minᵢ yᵢ f(xᵢ; θ) / ‖θ‖ᴸ",
    text: "How far the worst sample is from being misclassified, on the scale of the weights. Dividing by ‖θ‖ᴸ makes it independent of mere growth of the weights, because the network is homogeneous of degree L; recorded runs of networks that are not have the degree of the limit in its place, and are labelled so. Each norm gives its own margin, and the norms disagree about which weights are best: that is the point of the race.",
    theorem: `Along the steepest flow in a norm the soft margin of that norm does not fall after separation. ${paper}, theorem 1.`,
  },
  ownMargin: {
    title: "margin in the own norm",
    formula: "γ(θ) = minᵢ yᵢ f(xᵢ; θ) / ‖θ‖ᴸ, ‖·‖ the norm of the optimiser's steps",
    text: "The margin that this optimiser is expected to raise: gradient descent in ℓ2, sign descent in ℓ∞, coordinate descent in ℓ1, spectral descent in the spectral norm. For optimisers that are no steepest descent, the norm in which their steps are measured: for Adam and Muon that they raise this margin is an expectation, for others, such as AdamW, AdaGrad or Lion, theory is silent (steepest list optimizers says which).",
    theorem: `${paper}, theorem 1, for steepest descent.`,
  },
  softMargin: {
    title: "soft margin",
    formula: "γ̃(θ) = ℓ⁻¹(R) / ‖θ‖ᴸ,  R = Σᵢ ℓ(yᵢ f(xᵢ; θ))",
    text: "A smooth stand-in for the margin, made from the risk: the margin that a single sample with all of the risk would have. It is never above the margin. With the exponential loss it is −log R / ‖θ‖ᴸ and at most log m / ‖θ‖ᴸ below the margin of m samples, so the two meet as the weights grow. R is the sum over the samples, also where the optimiser sees their mean.",
    theorem: "ℓ(minᵢ qᵢ) ≤ R ≤ m ℓ(minᵢ qᵢ).",
  },
  softMarginOwn: {
    title: "soft margin in the own norm",
    formula: "γ̃(θ) = ℓ⁻¹(R) / ‖θ‖ᴸ, ‖·‖ the norm of the optimiser's steps",
    text: "The one number that steepest descent provably raises, in its own norm only. A flow never lets it fall after separation. Discrete steps on ReLU networks do now and then, by about one part in 100 000 of it with margin-paced steps of c = 0.25; steps that are too large let it fall for good.",
    theorem: `d log γ̃ / dt ≥ L (‖θ′‖ / ‖θ‖) (1 / alignment − 1) ≥ 0 after separation. ${paper}, theorem 1.`,
  },
  theoremSlack: {
    title: "what must hold",
    formula: "γ̃ ≤ γ ≤ ℓ⁻¹(R / m) / ‖θ‖ᴸ,  with the exponential loss γ̃ + log m / ‖θ‖ᴸ on the right",
    text: "The margin lies between two numbers made from the risk alone, at every step and in every norm: the worst of m samples has at most all of the risk and at least the m-th part of it. A number out of order, beyond rounding, would be an error in the arithmetic. Beside it: the largest share that the soft margin in the own norm lost in one step since the risk fell below e⁻⁵; along the flow it would be none.",
    theorem: `ℓ(minᵢ qᵢ) ≤ R ≤ m ℓ(minᵢ qᵢ); the soft margin does not fall along the steepest flow: ${paper}, theorem 1.`,
  },
  alignment: {
    title: "alignment",
    formula: "⟨θ / ‖θ‖, −g / ‖g‖⋆⟩,  g = ∇R(θ)",
    text: "Between 0 and 1 after separation. 1 exactly when the weights point where the own norm's steepest direction would push them: then no direction raises the soft margin in that norm to first order. Where the flow goes on to vanishing risk the soft margin becomes the margin, and such a direction a KKT direction of its maximisation.",
    theorem: `The soft margin grows at least at the rate L (‖θ′‖ / ‖θ‖) (1 / alignment − 1): ${paper}, theorem 1.`,
  },
  kktGap: {
    title: "KKT gap",
    formula: "1 − ⟨θ / ‖θ‖, −g / ‖g‖⋆⟩",
    text: "How far the weights are from a direction at which the soft margin in the own norm cannot be raised to first order. It is the stationarity of the KKT conditions of min ½‖θ‖² subject to qᵢ ≥ 1, with the multipliers that the risk itself gives the samples; complementarity comes with the vanishing risk. At a KKT point it need not be 0: other multipliers may be needed there than those of the moment. ‖θ‖² times it, at the scale where the smallest sample margin is 1, is the Bregman divergence of the paper's definition 26.",
    theorem: `Every limit of θ / ‖θ‖ along the steepest flow is a KKT direction, in any norm: ${paper}, theorem 4. A KKT point need not be the largest margin.`,
  },
  logRisk: {
    title: "risk",
    formula: "R = Σᵢ ℓ(qᵢ),  qᵢ = yᵢ f(xᵢ; θ)",
    text: "The sum of the losses of all samples, kept as a logarithm so that 1e-1000 is still a number although the smallest double is near 5e-324. Below the loss of one undecided sample the data are separated.",
  },
  minMargin: {
    title: "smallest sample margin",
    formula: "minᵢ qᵢ,  qᵢ = yᵢ f(xᵢ; θ)",
    text: "The score of the worst sample, on its own scale: it grows without bound as the weights do. Divided by ‖θ‖ᴸ it is the margin.",
  },
  parameterNorm: {
    title: "norm of the weights",
    formula: "‖θ‖, with the exponential loss ‖θ‖ᴸ = log(1 / R) / γ̃",
    text: "The length of all weights as one vector, in the norm that is named. On separated data it grows without bound, and slowly: while the soft margin hardly moves, ‖θ‖ᴸ grows like the logarithm of 1 / R. Only the direction θ / ‖θ‖ decides how samples are classified.",
  },
  step: {
    title: "step",
    formula: "θ ← θ + η · direction",
    text: "One full-batch update. All arms start from the same weights, see the same data and stand at the same step.",
  },
  stepsPerSecond: {
    title: "steps per second",
    formula: "steps of the last arm in the last second or two / seconds",
    text: "How fast the race goes, all arms together making one step each. It depends on the machine and decides nothing: the rows are the same on a slow one.",
  },
  stepRule: {
    title: "step rule",
    formula: "θ ← θ + η · direction",
    text: "Decides η. Constant: always the same. Power law: size (t + 1)^−exponent. Loss-based: size / R, for steps that shrink with the gradient, R being the mean where the loss is one. Warm-up: grows to its size, then stays. Margin-paced: as far as the sample margins allow. Backtracking: halved until the own soft margin does not fall. Line search: halved until the log risk falls by a share of the slope. Only the rules that have a meaning for the optimiser are offered.",
  },
  marginPaced: {
    title: "margin-paced steps",
    formula: "η = c min(1 / maxᵢ ‖∇f(xᵢ; θ)‖⋆, ‖θ‖ / (L − 1))",
    text: "A step of length η in the own norm, such that no sample margin changes by more than about c: the first bound says so while the gradients stay what they are; the second, which matters at small starts only, keeps a step along θ from multiplying them by more than eᶜ. c = 0.25 follows the flow that the theorems are about; c = 1 is four times as fast and changes margins by up to about 2 on networks. Coordinate descent, which puts all of η into one weight, may change them by a few times c at first, more where some layers are far smaller than others, and so may optimisers whose update is longer than η, such as RMSProp with momentum: the margin change per step says by how much.",
    theorem: "Hölder: |⟨∇f(xᵢ), Δθ⟩| ≤ ‖∇f(xᵢ)‖⋆ ‖Δθ‖ ≤ c, to first order; ∇f is homogeneous of degree L − 1.",
  },
  seed: {
    title: "seed",
    formula: "whole number ≥ 0 → data, initial weights",
    text: "Draws the data and the initial weights, with a generator of our own that gives the same bits everywhere. Every arm starts from the same draw. Another seed is another draw: what holds for one of them only is luck.",
  },
  initScale: {
    title: "scale of the initial weights",
    formula: "U(−s / √fan_in, s / √fan_in), or U(−s / fan_in, s / fan_in), or N(0, s² / fan_in)",
    text: "Each layer's weights are drawn on this scale s, fan_in being the number of its inputs. From a small start the network soon forgets where it began, and the optimiser's bias shows early; from a large one it takes many more steps to show. 0 is no start: all gradients of a network with hidden layers vanish there. Weights of a file are multiplied by s.",
  },
  cost: {
    title: "what a race will take",
    formula: "3 m p multiply-adds per step and arm",
    text: "Forward, backward and gradient each pass every one of m samples through all p weights. Where singular values are needed, for the spectral and the nuclear norm, about 30 · rows · columns · min(rows, columns) more per layer; every recorded step takes that too, and so nearly all of the first ones. The seconds are rough, those of a busy laptop.",
  },
  accuracy: {
    title: "training accuracy",
    formula: "#{i : qᵢ > 0} / m",
    text: "The share of samples on the right side. It reaches 1 early; everything interesting here happens afterwards.",
  },
  perfectAccuracy: {
    title: "perfect accuracy",
    formula: "first step with minᵢ qᵢ > 0",
    text: "The first step at which every sample is classified correctly and every margin is positive. Steps that are too long may lose it again.",
  },
  separation: {
    title: "separation, t₀",
    formula: "first step with R < ℓ(0)",
    text: "Stronger than perfect accuracy: the risk is below the loss of a single undecided sample. The theorems speak about what the flow does after this step; steps that are too long may lose it again.",
    theorem: `${paper}, assumption of theorem 1.`,
  },
  sampleMargin: {
    title: "sample margin",
    formula: "qᵢ = yᵢ f(xᵢ; θ);  of several classes qᵢ = s_y − max over j ≠ y of s_j",
    text: "How sure the network is about a sample, negative if it is wrong. In the pictures the size of a point; the samples within 1 % of the smallest are ringed.",
  },
  support: {
    title: "support samples",
    formula: "{i : qᵢ ≤ 1.01 minⱼ qⱼ}, none unless every qⱼ > 0",
    text: "The samples that hold the boundary where it is. As the risk vanishes the gradient comes from them alone, like the support vectors of an SVM.",
  },
  supportCount: {
    title: "number of support samples",
    formula: "#{i : qᵢ ≤ 1.01 minⱼ qⱼ}, 0 unless every qⱼ > 0",
    text: "How many samples lie within 1 % of the smallest sample margin. It grows when more of them come to bear on the boundary; at a largest margin there are usually several.",
  },
  health: {
    title: "margin change per step",
    formula: "‖Δθ‖ · maxᵢ ‖∇f(xᵢ)‖⋆",
    text: "About how much one step can move any sample margin: ‖Δθ‖ in the own norm, weight decay and projections included, ∇f after the step; a rescaling is no step. Well above 1 the weights of the samples jump from step to step: the run no longer follows the flow that the theorems are about, and the margin may fall although the risk falls too. From 2 on the page warns, once the data are separated, unless the step rule itself watches the soft margin. Margin-paced steps keep it near c. Unknown for mirror descent, and where more than 64 single gradients would have to be formed for it.",
    theorem:
      "Linear models, exponential loss, a steepest step of length η in any norm, B = maxᵢ ‖xᵢ‖⋆: log R falls by at least η ‖g‖⋆ / R − (e^(ηB) − 1 − ηB).",
  },
  certificate: {
    title: "certificate: the tangent margin ratio κ",
    formula: "κ = L q_min / (‖θ‖ D⋆),  D⋆ = min over λ ≥ 0, Σ λₖ = 1 of ‖Σ λₖ ∇qₖ(θ)‖⋆",
    text: "Between 0 and 1, and 1 exactly at the KKT points of min ½‖θ‖² subject to qₖ(θ) ≥ 1: then no direction raises the smallest margin in this norm to first order. D⋆ is the most that the smallest linearised margin grows in any direction of length 1, L q_min / ‖θ‖ what it grows along θ itself. The multipliers λ are the best there are, not those that the risk happens to give. Both bounds are computed from multipliers and a direction alone and rounded outwards, so they hold whatever the search did, and the downloaded certificate holds all that another program needs to check them, with the file of its weights. At a kink of ReLU every slope between the two sides counts as a derivative; units that training keeps near their kinks are completed in the second part.",
    theorem: `${paper}, definition 26, and theorem 4: every limit of θ / ‖θ‖ along the steepest flow is a KKT direction.`,
  },
  fenchelYoungGap: {
    title: "Fenchel–Young gap",
    formula: "1 − cos²,  cos = ⟨z, θ⟩ / (‖z‖⋆ ‖θ‖),  z = Σ λₖ ∇qₖ(θ)",
    text: "How far the best multipliers are from stationarity: ½‖z‖⋆² + ½‖θ‖² − ⟨z, θ⟩ relative to ½‖θ‖², with the scale of z that makes it least. It is 0 exactly where θ points in a steepest direction of z.",
  },
  slackness: {
    title: "complementary slackness",
    formula: "Σ λₖ (qₖ / q_min − 1)",
    text: "How much weight the best multipliers give to samples with more than the smallest margin; 0 where they are on the support alone. κ = cos / (1 + slackness).",
  },
  multipliers: {
    title: "samples that carry the certificate",
    formula: "{i : λᵢ > 0}",
    text: "The samples, or pairs of a sample and another class, whose gradients add up to z. In the picture of the plane each is ringed, the thicker the larger its multiplier.",
  },
  lens: {
    title: "optimiser lens",
    formula: "cos ∠(Δθ, lmo(g)) = ⟨Δθ, lmo(g)⟩ / (‖Δθ‖₂ ‖lmo(g)‖₂)",
    text: "Compares the update that was made with the steepest direction of each norm at the same gradient. 1: the optimiser did exactly what steepest descent in that norm does. Adam starts near sign descent (ℓ∞) and leaves it once ε or its memory dominate.",
    theorem:
      "lmo(g) = argmin over ‖u‖ ≤ 1 of ⟨g, u⟩: −g/‖g‖ in ℓ2, −sign(g) in ℓ∞, one coordinate in ℓ1, −UVᵀ per layer in the spectral norm.",
  },
  dead: {
    title: "dead samples",
    formula: "#{i : f(xᵢ) = 0 and ∇f(xᵢ) = 0}",
    text: "Samples at which every unit is off. No step can change their score any more.",
  },
  firstLayer: {
    title: "first-layer weights",
    formula: "w[j] ∈ ℝᵈ, one picture per hidden unit",
    text: "Each hidden unit's weights as an image, each scaled to its own largest weight: orange is negative, the colour of the writing positive, the ground zero. Sign descent leaves dense weights, coordinate descent sparse ones.",
  },
  divergence: {
    title: "divergence",
    formula: "a score, the risk, a weight or a step stopped being finite",
    text: "The steps were too large for the curvature of the risk, and grew without bound. The arm ends at this step and keeps its record. Smaller steps help, or margin-paced ones, which measure themselves.",
  },
  paperFigure: {
    title: "the paper's figure",
    formula: "γ₁ there = margin(ℓ∞) here,  γ₂ = margin(ℓ2),  γ∞ = margin(ℓ1)",
    text: "The experiment of the paper's figure 2: MNIST 3 against 6, 100 images, one hidden ReLU layer of 128 units, logistic loss, constant steps of 0.003, three seeds. The paper names a margin after the norm of the data, the page after that of the weights, its dual. Points of the published curves are read off the printed figure, to about 1 % on linear and 3 % on logarithmic axes; the images that the authors drew are not known, so curves do not agree digit by digit. Gradient descent is within about a fifth of the published curve; the peaks of sign descent and of Adam in ℓ∞ are 5 to 30 % lower, in the mean of three seeds, and from its peak sign descent falls until it is stopped, where the published curve stays.",
    theorem: `${paper}, figure 2.`,
  },
  recordedRun: {
    title: "recorded run",
    formula: "definition → rows, the same bits on every machine",
    text: "A folder that steepest run wrote: the definition of one arm under one seed, and a row of numbers per recorded step. Its curves are drawn as they were recorded and nothing is computed again; hashes in outcome.json show that no file was changed since. Runs of equal definitions have equal rows, whatever computed them.",
  },
  receipt: {
    title: "bit for bit",
    formula: 'h₀ = SHA-256(""),  hₖ = SHA-256(hₖ₋₁ ‖ bits of the rows at the k-th recorded step)',
    text: "A link holds the whole setup and a hash of all recorded rows. Whoever opens it computes the race again; equal hashes mean that every recorded number has the same 64 bits.",
  },
} as const satisfies Readonly<Record<string, Explanation>>;

export type ExplanationId = keyof typeof explanations;

/** True for the id of an explanation. */
export const isExplained = (id: string): id is ExplanationId => Object.hasOwn(explanations, id);
