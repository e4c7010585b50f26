import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { Laboratory } from "../lab/laboratory.js";
import { What } from "./What.js";

/** The race as a link, a definition, programs, figures and tables. */
export function TakeAway({ lab }: { readonly lab: Laboratory }): VNode {
  const [said, setSaid] = useState<string>("");
  const copyLink = async (): Promise<void> => {
    const { fragment, note } = lab.link();
    const url = `${location.origin}${location.pathname}#${fragment}`;
    if (fragment !== "") {
      await navigator.clipboard.writeText(url);
      setSaid(`Link copied. ${note ?? ""}`);
    } else setSaid(note ?? "");
  };
  return (
    <section class="take" aria-labelledby="take-title">
      <h2 id="take-title">Take it with you</h2>
      <button type="button" onClick={() => copyLink().catch(reportError)}>
        Copy link
      </button>
      <What id="receipt">bit for bit</What>
      <p role="status">{said}</p>
    </section>
  );
}
