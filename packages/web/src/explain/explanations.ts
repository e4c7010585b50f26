/** What a number on the page is: its formula, what it says, and where that is proved. */
export interface Explanation {
  readonly title: string;
  readonly formula: string;
  readonly text: string;
  readonly theorem?: string;
}

const paper = "Tsilivis, Gunasekar, Kempe: JMLR 27 (2026)";

export const explanations = {
  margin: {
    title: "margin in a norm",
    formula: "γ(θ) = minᵢ yᵢ f(xᵢ; θ) / ‖θ‖ᴸ",
    text: "How far the worst sample is from being misclassified, on the scale of the weights. Dividing by ‖θ‖ᴸ makes it independent of mere growth of the weights, because the network is homogeneous of degree L. Each norm gives its own margin, and the norms disagree about which weights are best: that is the point of the race.",
    theorem: `Steepest descent in a norm raises the soft margin of that norm after separation. ${paper}, theorem 1.`,
  },
  ownMargin: {
    title: "margin in the own norm",
    formula: "γ(θ) = minᵢ yᵢ f(xᵢ; θ) / ‖θ‖ᴸ, ‖·‖ the norm of the optimiser's steps",
    text: "The margin that this optimiser is expected to raise: gradient descent in ℓ2, sign descent in ℓ∞, coordinate descent in ℓ1, spectral descent and Muon in the spectral norm. For other optimisers the norm in which their steps are measured.",
    theorem: `${paper}, theorem 1.`,
  },
  softMargin: {
    title: "soft margin",
    formula: "γ̃(θ) = ℓ⁻¹(R) / ‖θ‖ᴸ,  R = Σᵢ ℓ(yᵢ f(xᵢ; θ))",
    text: "A smooth stand-in for the margin, made from the risk. With the exponential loss it is never above the margin, and closer to it the smaller the risk: γ̃ ≤ γ ≤ γ̃ + log m / ‖θ‖ᴸ for m samples. Along the steepest flow it never falls after separation; a discrete step that is too large can make it fall.",
    theorem: `${paper}, theorem 1: the soft margin in the own norm is nondecreasing after separation.`,
  },
  alignment: {
    title: "alignment",
    formula: "⟨θ / ‖θ‖, −g / ‖g‖⋆⟩,  g = ∇R(θ)",
    text: "1 exactly when the weights point where the own norm's steepest direction would push them: then θ / ‖θ‖ is a stationary (KKT) direction of margin maximisation in that norm. 1 − alignment is the KKT gap.",
    theorem: `${paper}, theorems 1 and 4: limit directions are KKT points, and the soft margin grows at a rate given by 1 / alignment − 1.`,
  },
  kktGap: { title: "KKT gap", formula: "1 − alignment", text: "stand-in" },
  supportCount: { title: "support samples", formula: "", text: "stand-in" },
  theoremSlack: { title: "slack", formula: "", text: "stand-in" },
  recordedRun: { title: "recorded run", formula: "", text: "stand-in" },
  paperFigure: { title: "figure 2", formula: "", text: "stand-in" },
  logRisk: {
    title: "risk",
    formula: "R = Σᵢ ℓ(qᵢ),  qᵢ = yᵢ f(xᵢ; θ)",
    text: "The sum of the losses of all samples, kept as a logarithm so that 1e-1000 is still a number although the smallest double is near 1e-308. Below the loss of one undecided sample the data are separated.",
  },
  step: {
    title: "step",
    formula: "θ ← θ + η · direction",
    text: "One full-batch update. All arms start from the same weights, see the same data and stand at the same step.",
  },
  accuracy: {
    title: "training accuracy",
    formula: "#{i : qᵢ > 0} / m",
    text: "The share of samples on the right side. It reaches 1 early; everything interesting here happens afterwards.",
  },
  perfectAccuracy: {
    title: "perfect accuracy",
    formula: "first step with minᵢ qᵢ > 0",
    text: "From here on every sample is classified correctly and every margin is positive.",
  },
  separation: {
    title: "separation, t₀",
    formula: "first step with R < ℓ(0)",
    text: "Stronger than perfect accuracy: the risk is below the loss of a single undecided sample. The theorems speak about what happens after this step.",
    theorem: `${paper}, assumption of theorem 1.`,
  },
  sampleMargin: {
    title: "sample margin",
    formula: "qᵢ = yᵢ f(xᵢ; θ)",
    text: "How sure the network is about a sample, negative if it is wrong. In the pictures the size of a point; the samples within 1 % of the smallest are ringed.",
  },
  support: {
    title: "support samples",
    formula: "{i : qᵢ ≤ 1.01 minⱼ qⱼ}",
    text: "The samples that hold the boundary where it is. As the risk vanishes the gradient comes from them alone, like the support vectors of an SVM.",
  },
  health: {
    title: "margin change per step",
    formula: "‖Δθ‖ · maxᵢ ‖∇f(xᵢ)‖⋆",
    text: "A bound on how much one step can move any sample margin. Well above 1 the weights of the samples jump from step to step: the run no longer follows the flow that the theorems are about, and the margin may fall although the risk falls too. Margin-paced steps keep it at c.",
    theorem: "Descent lemma of the exponential loss; see the margin-paced step rule.",
  },
  lens: {
    title: "optimiser lens",
    formula: "cos ∠(Δθ, lmo(g)) = ⟨Δθ, lmo(g)⟩ / (‖Δθ‖₂ ‖lmo(g)‖₂)",
    text: "Compares the update that was made with the steepest direction of each norm at the same gradient. 1: the optimiser did exactly what steepest descent in that norm does. Adam starts near sign descent (ℓ∞) and leaves it once ε or its memory dominate.",
    theorem: "lmo(g) = argmin over ‖u‖ ≤ 1 of ⟨g, u⟩: −g/‖g‖ in ℓ2, −sign(g) in ℓ∞, one coordinate in ℓ1, −UVᵀ in the spectral norm.",
  },
  dead: {
    title: "dead samples",
    formula: "#{i : f(xᵢ) = 0 and ∇f(xᵢ) = 0}",
    text: "Samples at which every unit is off. No step can change their score any more.",
  },
  firstLayer: {
    title: "first-layer weights",
    formula: "w[j] ∈ ℝᵈ, one picture per hidden unit",
    text: "Each hidden unit's weights as an image, each scaled to its own largest weight. Sign descent leaves dense weights, coordinate descent sparse ones.",
  },
  divergence: {
    title: "divergence",
    formula: "a score, the risk, a weight or a step stopped being finite",
    text: "The steps were too large for the curvature of the risk, and grew without bound. The arm ends at this step and keeps its record. Smaller steps help, or margin-paced ones, which measure themselves.",
  },
  receipt: {
    title: "bit for bit",
    formula: 'h₀ = SHA-256(""),  hₖ = SHA-256(hₖ₋₁ ‖ bits of the rows at the k-th recorded step)',
    text: "A link holds the whole setup and a hash of all recorded rows. Whoever opens it computes the race again; equal hashes mean that every recorded number has the same 64 bits.",
  },
} as const satisfies Readonly<Record<string, Explanation>>;

export type ExplanationId = keyof typeof explanations;
