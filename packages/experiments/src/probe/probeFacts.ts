import type { Measurement } from "@steepest/core";
import type { Better } from "./measured.js";
import type { MeasuredPoint } from "./measuredPoint.js";

/** A number read off a recorded point, with what a figure needs to label it. */
export interface Probe {
  readonly name: string;
  readonly label: string;
  /** true: values are positive, so a logarithmic axis makes sense. */
  readonly positive: boolean;
  /** The values that are better, the larger or the smaller ones. Absent: neither. */
  readonly better?: Better;
  /** true: it has a value only where the loss is one of margins, which a loss of targets is not. */
  readonly needsMargins?: boolean;
  /** true: it has a value only where samples have labels, which those of a regression have not. */
  readonly needsLabels?: boolean;
  /** true: it is read off the test samples. */
  readonly needsTest?: boolean;
  /** true: it has a value only where the loss is one of targets. */
  readonly needsTargets?: boolean;
  /** Names that other programs have for it. */
  readonly alias?: readonly string[];
  /** true: a quotient by ||θ||^L, which is another number where the network is not homogeneous and L is the degree of its limit. */
  readonly isOfDegree?: boolean;
  /** The measurement of a run that it is read off. Absent: every point has it. */
  readonly measurement?: Measurement;
  /** true: it is read off `TrainPoint.measured` under its name, with the id of the norm for `own`. */
  readonly isMeasured?: boolean;
  /** true: weights and data alone decide it, whatever led there. */
  readonly isOfWeights?: boolean;
  /** true: it sets a network beside its homogeneous limit, and says nothing of one that is homogeneous itself. */
  readonly isOfLimit?: boolean;
  /** true: it has a value only for homogeneous networks, of which alone the theorems are. */
  readonly needsHomogeneity?: boolean;
  /** true: it has a value only for a linear model on data of a linear teacher. */
  readonly needsTeacher?: boolean;
  /** It sets the model beside the largest "margin" there is, or beside the "maximizer", a linear model; both take an oracle. */
  readonly needsLargest?: "margin" | "maximizer";
  /** true: it takes a certificate with the best multipliers at every point that is asked about. */
  readonly needsCertificate?: boolean;
  /** true: it sets the network beside a linear model that is trained with it. */
  readonly needsCompanion?: boolean;
  read(point: MeasuredPoint): number;
}
