import { symbolOf } from "@steepest/experiments";
import type { VNode } from "preact";
import type { ExplanationId } from "../explain/explanations.js";
import type { Laboratory } from "../lab/laboratory.js";
import { NumberList } from "./NumberList.js";
import { type NumberRow, percentText, riskText, shortNumber } from "./numberText.js";
import { What } from "./What.js";

/** Columns of the table by the names of probes before that of the norm. */
const columns: readonly (readonly [kind: string, id: ExplanationId, label: string])[] = [
  ["margin", "margin", "margin"],
  ["softMargin", "softMargin", "soft margin"],
  ["norm", "parameterNorm", "‖θ‖"],
  ["alignment", "alignment", "alignment"],
];

/** Digits of a number in the table. */
const digits = 6;

/** Weights that were trained elsewhere, as the race would record them: dropped on the page, gone with the race. */
export function WeightsPanel({ lab }: { readonly lab: Laboratory }): VNode | null {
  const weights = lab.weights.value;
  if (!weights) return null;
  const { name, places, readings } = weights;
  const { scalars, inNorms } = readings;
  const rows: readonly NumberRow[] = [
    ["minMargin", "smallest sample margin", shortNumber(scalars.minMargin, digits)],
    ["logRisk", "risk", riskText(scalars.logRisk, digits)],
    ["accuracy", "training accuracy", percentText(scalars.trainAccuracy)],
  ];
  return (
    <section class="weights" aria-labelledby="weights-title">
      <div class="section-head">
        <h2 id="weights-title">Weights of {name}</h2>
        <p>
          Measured with the network and the samples of the race: {places.map(({ tensor, block }) => `${tensor} as ${block}`).join(", ")}.
        </p>
      </div>
      <article class="card" aria-label={`measured weights of ${name}`}>
        <NumberList rows={rows} />
        <div class="table-scroll">
          <table class="readings">
            <thead>
              <tr>
                <th scope="col">norm</th>
                {columns.map(([kind, id, label]) => (
                  <th key={kind} scope="col">
                    <What id={id}>{label}</What>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {Object.entries(inNorms).map(([norm, all]) => (
                <tr key={norm}>
                  <th scope="row">{symbolOf(norm)}</th>
                  {columns.map(([kind]) => (
                    <td key={kind}>{shortNumber(all[kind], digits)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <button type="button" class="quiet" onClick={() => (lab.weights.value = undefined)}>
          dismiss
        </button>
      </article>
    </section>
  );
}
