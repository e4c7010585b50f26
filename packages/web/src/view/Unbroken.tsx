import type { VNode } from "preact";
import { Fragment } from "preact";

/** A name in which no number breaks at its minus sign: "ε 1e-8". */
export function Unbroken({ text }: { readonly text: string }): VNode {
  const parts = text.split(/(\S*\de?-\d\S*)/);
  return (
    <>
      {parts.map((part, i) =>
        i % 2 === 1 ? (
          <span key={i} class="unbroken">
            {part}
          </span>
        ) : (
          <Fragment key={i}>{part}</Fragment>
        ),
      )}
    </>
  );
}
