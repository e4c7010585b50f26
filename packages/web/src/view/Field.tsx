import type { ComponentChildren, VNode } from "preact";
import { useId, useState } from "preact/hooks";
import type { ExplanationId } from "../explain/explanations.js";
import { What } from "./What.js";

interface NameProps {
  readonly id: string;
  readonly label: string;
  readonly what: ExplanationId | undefined;
}

function FieldName({ id, label, what }: NameProps): VNode {
  return (
    <div class="field-name">
      <label for={id}>{label}</label>
      {what && (
        <What id={what} label={`what is this: ${label}`}>
          ?
        </What>
      )}
    </div>
  );
}

export function NumberField(props: {
  readonly label: string;
  /** Undefined: nothing yet. */
  readonly value: number | undefined;
  readonly onChange: (value: number) => void;
  readonly whole?: boolean;
  /** Other numbers are marked as wrong and not told. */
  readonly accepts?: (value: number) => boolean;
  readonly what?: ExplanationId;
}): VNode {
  const id = useId();
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const isFine = (text: string): boolean =>
    text.trim() !== "" &&
    Number.isFinite(Number(text)) &&
    (!props.whole || Number.isInteger(Number(text))) &&
    (props.accepts?.(Number(text)) ?? true);
  const text = typed ?? String(props.value ?? "");
  return (
    <div class="field">
      <FieldName id={id} label={props.label} what={props.what} />
      <input
        id={id}
        type="text"
        inputMode={props.whole ? "numeric" : "decimal"}
        autocomplete="off"
        value={text}
        aria-invalid={text !== "" && !isFine(text)}
        onInput={(event) => {
          const now = event.currentTarget.value;
          setTyped(now);
          if (isFine(now) && Number(now) !== props.value) props.onChange(Number(now));
        }}
        onBlur={() => setTyped(undefined)}
      />
    </div>
  );
}

export function ChoiceField<T extends string>(props: {
  readonly label: string;
  readonly value: T;
  readonly options: readonly (readonly [T, string])[];
  readonly onChange: (value: T) => void;
  readonly what?: ExplanationId;
}): VNode {
  const id = useId();
  return (
    <div class="field">
      <FieldName id={id} label={props.label} what={props.what} />
      <select id={id} value={props.value} onChange={(event) => props.onChange(event.currentTarget.value as T)}>
        {props.options.map(([value, text]) => (
          <option key={value} value={value} selected={value === props.value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

export function CheckField(props: { readonly label: string; readonly value: boolean; readonly onChange: (value: boolean) => void }): VNode {
  return (
    <label class="check">
      <input type="checkbox" checked={props.value} onChange={(event) => props.onChange(event.currentTarget.checked)} />
      <span>{props.label}</span>
    </label>
  );
}

/** A part of the controls that can be folded away. */
export function Section({
  title,
  children,
  open = true,
}: {
  readonly title: string;
  readonly children: ComponentChildren;
  readonly open?: boolean;
}): VNode {
  return (
    <details class="section" open={open}>
      <summary>
        <h2>{title}</h2>
      </summary>
      <div class="section-body">{children}</div>
    </details>
  );
}
