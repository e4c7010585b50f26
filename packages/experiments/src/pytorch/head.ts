import type { LabelledData, Loss } from "@steepest/core";

/** The part of a program that makes margins of scores. */
export interface HeadSource {
  /** Statements that define `labels`, and what margins and losses need. */
  readonly labels: string;
  /** Functions that the others call; "" for none. */
  readonly functions: string;
  /** The expression of one number per sample, of the name of the scores, f64[n][outputs]: the margin that the loss sees, up to its sign. */
  each(f: string): string;
  /** Statements inside evaluate(theta) that define `margins`, and `seen`, those that the loss sees, from the scores `f`. */
  readonly margins: string;
}

const binary = ({ labels }: LabelledData): HeadSource => ({
  labels: `labels = torch.tensor([1.0 if sign == "+" else -1.0 for sign in "${Array.from(labels, (label) => (label > 0 ? "+" : "-")).join("")}"])`,
  functions: "",
  each: (f) => `${f}[:, 0]`,
  margins: "    margins = seen = labels * f[:, 0]",
});

const several = ({ labels, classes }: LabelledData): HeadSource => ({
  labels: `labels = torch.tensor([${Array.from(labels).join(", ")}])
is_label = torch.nn.functional.one_hot(labels, ${classes}).bool()`,
  functions: `def margins_of(scores):
    """The margins s_y - max over j != y of s_j, and the smoothed ones that the loss sees, s_y - log sum over j != y of e^s_j."""
    own = scores.gather(1, labels[:, None])[:, 0]
    others = scores.masked_fill(is_label, -math.inf)
    largest = others.detach().max(1, keepdim=True).values
    smoothed = own - largest[:, 0] - torch.log(torch.exp(others - largest).sum(1))
    return (own - largest[:, 0]).detach(), smoothed


`,
  each: (f) => `margins_of(${f})[1]`,
  margins: "    margins, seen = margins_of(f)",
});

/** The head of a program for labelled data, under a loss of margins or of targets, which are -1 and +1 or one-hot vectors. */
export function headSource(data: LabelledData, { sees }: Pick<Loss, "sees">): HeadSource {
  const head = data.classes === undefined ? binary(data) : several(data);
  if (sees !== "targets") return head;
  const targets = data.classes === undefined ? "labels[:, None]" : "is_label.double()";
  return { ...head, labels: `${head.labels}\ntargets = ${targets}`, margins: `${head.margins}\n    seen = f  # the loss is of scores` };
}
