import type { LabelledData } from "@steepest/core";

/** The part of a program that makes margins of scores. */
export interface HeadSource {
  /** Statements that define `labels`, and what margins need. */
  readonly labels: string;
  /** Functions that the others call; "" for none. */
  readonly functions: string;
  /** The expression of what `scores` returns, of a matrix of one row per sample. */
  scores(z: string): string;
  /** The expression of one number whose gradient by z holds, row by row, those of the margins that the loss sees. */
  sum(z: string): string;
  /** Statements inside evaluate(theta) that define `margins`, and `seen`, those that the loss sees. */
  readonly margins: string;
}

const binary = ({ labels }: LabelledData): HeadSource => ({
  labels: `labels = torch.tensor([1.0 if sign == "+" else -1.0 for sign in "${Array.from(labels, (label) => (label > 0 ? "+" : "-")).join("")}"])`,
  functions: "",
  scores: (z) => `${z}[:, 0]`,
  sum: (z) => `${z}.sum()`,
  margins: "    margins = seen = labels * scores(theta)",
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
  scores: (z) => z,
  sum: (z) => `margins_of(${z})[1].sum()`,
  margins: "    margins, seen = margins_of(scores(theta))",
});

/** The head of a program for labelled data. */
export function headSource(data: LabelledData): HeadSource {
  return data.classes === undefined ? binary(data) : several(data);
}
