import { noDoubleText, readDecimal } from "@steepest/formats";
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

/** Reason why the race is not possible as set up, with the path of its field. */
export const Refusal = createContext<Problem | undefined>(undefined);

/** The fault of a field's value, if the refusal is about it; without the path, which the field shows. */
export function useRefusal(path: string | undefined): string | undefined {
  const problem = useContext(Refusal);
  if (path === undefined || problem?.path === undefined || !isAbout(problem.path, path)) return undefined;
  return problem.message.replace(`${problem.path}: `, "");
}

/** True for a text that may be the beginning of a number: "-", "1e", "0.", "0.0". */
const mayGoOn = (text: string): boolean => /(^|[.+-]|e[+-]?0*|\.\d*0|-0)$/i.test(text);

/** A text being typed as a number, and that number. */
interface TypedNumber {
  readonly text: string;
  readonly beside: number | undefined;
  /** true: the reader has left the field, or pressed Enter. */
  readonly isDone: boolean;
}

interface NumberProps {
  readonly label: string;
  /** The number; undefined: none yet. */
  readonly value: number | undefined;
  readonly onChange: (value: number) => void;
  /** Path of the number in the setup; a problem with it is shown here. */
  readonly path?: string;
  readonly whole?: boolean;
  /** The fault of a number; a number with a fault is marked and not passed on. */
  readonly refuses?: (value: number) => string | undefined;
  /** true: the number is passed on when it is typed to the end, not digit by digit. */
  readonly whenDone?: boolean;
  readonly what?: ExplanationId;
  readonly disabled?: boolean;
}

/** A number as it is typed: told as soon as it is one that is not refused; one that is refused stands in the field, with the reason, until it is another. */
function useTypedNumber({ value, onChange, whole, refuses, whenDone }: NumberProps) {
  const [kept, setTyped] = useState<TypedNumber | undefined>(undefined);
  const typed = kept?.beside === value ? kept : undefined;
  const faultOf = (text: string): string | undefined => {
    const number = readDecimal(text);
    if (number === "overflow" || number === "underflow") return noDoubleText[number];
    if (number === "notANumber" || (whole && !Number.isInteger(number))) return `must be a ${whole ? "whole " : ""}number`;
    return refuses?.(number);
  };
  const tell = (text: string): number => {
    const number = Number(text) + 0; // no -0
    if (number !== value) onChange(number);
    return number;
  };
  const fault = typed && (typed.isDone || !mayGoOn(typed.text.trim())) ? faultOf(typed.text.trim()) : undefined;
  return {
    text: typed && (!typed.isDone || fault) ? typed.text : String(value ?? ""),
    fault: fault && typed?.isDone && value !== undefined ? `${fault}; ${value} stays` : fault,
    type(text: string): void {
      const isTold = !whenDone && !mayGoOn(text.trim()) && faultOf(text.trim()) === undefined;
      setTyped({ text, beside: isTold ? tell(text) : value, isDone: false });
    },
    finish(): void {
      if (!typed) return;
      const text = typed.text.trim();
      const isRefused = text !== "" && faultOf(text) !== undefined;
      setTyped(isRefused ? { ...typed, isDone: true } : undefined);
      if (!isRefused && text !== "") tell(text);
    },
  };
}

export function NumberField(props: NumberProps): VNode {
  const id = useId();
  const { text, fault, type, finish } = useTypedNumber(props);
  const refusal = useRefusal(props.path);
  const wrong = fault ?? refusal;
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
        aria-describedby={wrong && `${id}-wrong`}
        onInput={(event) => type(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Enter" && finish()}
        onBlur={finish}
      />
      {wrong && (
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
