import type { VNode } from "preact";
import type { NumberRow } from "./numberText.js";
import { What } from "./What.js";

/** Numbers, each behind its name. */
export function NumberList({ rows }: { readonly rows: readonly NumberRow[] }): VNode {
  return (
    <dl class="numbers">
      {rows.map(([id, label, value]) => (
        <div key={label}>
          <dt>
            <What id={id}>{label}</What>
          </dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
