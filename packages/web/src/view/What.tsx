import { signal } from "@preact/signals";
import type { ComponentChildren, VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { type Explanation, type ExplanationId, explanations } from "../explain/explanations.js";

const shown = signal<ExplanationId | undefined>(undefined);

interface WhatProps {
  readonly id: ExplanationId;
  readonly children: ComponentChildren;
  /** Its name, if its children are only a mark. */
  readonly label?: string;
}

/** A name that opens the explanation of its number. */
export function What({ id, children, label }: WhatProps): VNode {
  return (
    <button
      type="button"
      class={label === undefined ? "what" : "what mark"}
      onClick={() => {
        shown.value = id;
      }}
      aria-haspopup="dialog"
      aria-label={label}
      title={`What is this? ${explanations[id].title}`}
    >
      {children}
    </button>
  );
}

/** The one dialog that all explanations open in. */
export function ExplanationDialog(): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = shown.value;
  useEffect(() => {
    if (id) dialog.current?.showModal();
  }, [id]);
  const explanation: Explanation | undefined = id && explanations[id];
  return (
    <dialog ref={dialog} class="explanation" aria-labelledby="explanation-title" onClose={() => (shown.value = undefined)} closedby="any">
      <div class="explanation-body">
        <h2 id="explanation-title">{explanation?.title}</h2>
        <p class="formula">{explanation?.formula}</p>
        <p>{explanation?.text}</p>
        {explanation?.theorem && <p class="theorem">{explanation.theorem}</p>}
        <form method="dialog">
          <button type="submit">Close</button>
        </form>
      </div>
    </dialog>
  );
}
