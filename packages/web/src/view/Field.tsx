import { type ComponentChildren, createContext, type VNode } from "preact";
import { useContext, useId, useState } from "preact/hooks";
import type { Problem } from "../engine/message.js";
import type { ExplanationId } from "../explain/explanations.js";
import { isAbout } from "../setup/fieldPath.js";
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

/** Why the race is not possible as set up, for the field that it is about. */
export const Refusal = createContext<Problem | undefined>(undefined);

/** What is wrong with what a field has set, if it is that; without the path, which the field is. */
export function useRefusal(path: string | undefined): string | undefined {
  const problem = useContext(Refusal);
  if (path === undefined || problem?.path === undefined || !isAbout(problem.path, path)) return undefined;
  return problem.message.replace(`${problem.path}: `, "");
}

export function NumberField(props: {
  readonly label: string;
  /** Undefined: nothing yet. */
  readonly value: number | undefined;
  readonly onChange: (value: number) => void;
  /** In the setup, of the number: a problem with it is said here. */
  readonly path?: string;
  readonly whole?: boolean;
  /** What is wrong with a number, if something is: then it is marked and not told. */
  readonly refuses?: (value: number) => string | undefined;
  readonly what?: ExplanationId;
  readonly disabled?: boolean;
}): VNode {
  const id = useId();
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const refusal = useRefusal(props.path);
  const faultOf = (text: string): string | undefined => {
    const value = text.trim() === "" ? Number.NaN : Number(text);
    if (props.whole ? !Number.isInteger(value) : !Number.isFinite(value)) return `must be a ${props.whole ? "whole " : ""}number`;
    return props.refuses?.(value);
  };
  const text = typed ?? String(props.value ?? "");
  const wrong = (text === "" ? undefined : faultOf(text)) ?? refusal;
  return (
    <div class="field">
      <FieldName id={id} label={props.label} what={props.what} />
      <input
        id={id}
        type="text"
        inputMode={props.whole ? "numeric" : "decimal"}
        autocomplete="off"
        value={text}
        disabled={props.disabled}
        aria-invalid={wrong !== undefined}
        aria-describedby={wrong && props.path && `${id}-wrong`}
        onInput={(event) => {
          const now = event.currentTarget.value;
          setTyped(now);
          if (faultOf(now) === undefined && Number(now) !== props.value) props.onChange(Number(now));
        }}
        onBlur={() => setTyped(undefined)}
      />
      {wrong && props.path && (
        <p id={`${id}-wrong`} class="help refusal">
          {wrong}
        </p>
      )}
    </div>
  );
}

export function ChoiceField<T extends string>(props: {
  readonly label: string;
  readonly value: T;
  readonly options: readonly (readonly [T, string])[];
  readonly onChange: (value: T) => void;
  readonly what?: ExplanationId;
  readonly disabled?: boolean;
}): VNode {
  const id = useId();
  return (
    <div class="field">
      <FieldName id={id} label={props.label} what={props.what} />
      <select id={id} value={props.value} disabled={props.disabled} onChange={(event) => props.onChange(event.currentTarget.value as T)}>
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
