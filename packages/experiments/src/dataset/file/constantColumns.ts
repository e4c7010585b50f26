import type { Part } from "./part.js";
import type { Parts } from "./prepare.js";
import type { PrepareStep } from "./prepareStep.js";

/** Steps that make a coordinate of equal training samples 0. */
const erasing: readonly PrepareStep[] = ["standardize", "unitInterval"];

const mostNames = 5;

/** A coordinate that is equal in all training samples. */
interface Constant {
  readonly name: string | number;
  readonly value: number;
  /** true: in the test samples too. */
  readonly isEverywhere: boolean;
}

/**
 * Sentences about coordinates that a step makes 0 in all samples, since the training samples are equal there.
 *
 * @param parts    coordinates as the files hold them; not modified
 * @param steps    of the definition
 * @param columns  the column of each coordinate in `part`
 * @param part     knows the names of its columns
 * @returns none where no step does that, or the samples are images, whose margins are so
 */
export function erasedColumns(parts: Parts, steps: readonly PrepareStep[], columns: readonly number[], part: Part): string[] {
  const step = steps.find((one) => erasing.includes(one) || one === "unitRows"); // behind which the coordinates of a sample are mixed
  if (step === undefined || step === "unitRows" || parts.image) return [];
  const dropped = steps.indexOf("dropConstant");
  const isDropped = dropped >= 0 && dropped < steps.indexOf(step);
  const constants = constantsOf(parts, columns, part).filter(({ isEverywhere }) => !(isEverywhere && isDropped));
  const everywhere = constants.filter(({ isEverywhere }) => isEverywhere);
  const inTraining = constants.filter(({ isEverywhere }) => !isEverywhere);
  return [
    ...(everywhere.length > 0
      ? [`${holding(everywhere)} in every sample, which ${step} makes 0: "dropConstant" before it leaves such coordinates out`]
      : []),
    ...(inTraining.length > 0
      ? [
          `${holding(inTraining)} in every training sample, though not in every test sample; ${step} makes it 0 in both: ` +
            `"ignore": [${inTraining
              .slice(0, mostNames)
              .map(({ name }) => JSON.stringify(name))
              .join(", ")}${inTraining.length > mostNames ? ", ..." : ""}] leaves it out`,
        ]
      : []),
  ];
}

function constantsOf({ train, test, inputDim }: Parts, columns: readonly number[], part: Part): Constant[] {
  return columns.flatMap((column, k) => {
    const value = train[k];
    const isConstant = (of: Float64Array): boolean => {
      for (let i = k; i < of.length; i += inputDim) if (of[i] !== value) return false;
      return true;
    };
    return value === undefined || !isConstant(train) ? [] : [{ name: part.nameOf(column), value, isEverywhere: isConstant(test) }];
  });
}

/** "x7 holds 3", or "x7, x8 and 3 more hold one value each" */
function holding(constants: readonly Constant[]): string {
  const [first] = constants as [Constant];
  const name = ({ name: one }: Constant): string => (typeof one === "number" ? `column ${one} (counted from 0)` : one.slice(0, 40));
  if (constants.length === 1) return `${name(first)} holds ${first.value}`;
  const names = constants.slice(0, mostNames).map(name);
  const more = constants.length - names.length;
  return `${names.join(", ")}${more > 0 ? ` and ${more} more` : ""} hold one value each`;
}
