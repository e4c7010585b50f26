import type { NormExpression } from "@steepest/core";
import { normExpressionFromText, norms } from "@steepest/core";
import { symbolOf } from "@steepest/experiments";
import type { VNode } from "preact";
import { useId, useState } from "preact/hooks";
import { wordsAt } from "../setup/choices.js";
import { normText } from "../setup/definition.js";
import { optionName } from "../setup/optionName.js";
import { CheckField, ChoiceField, NumberField } from "./Field.js";

const wholeKeys = new Set(["steps", "period"]);

interface FieldsProps {
  readonly discriminator: "kind" | "rule";
  readonly name: string;
  readonly value: object;
  readonly path?: readonly string[];
  readonly onChange: (value: object) => void;
}

/** One field for every number, switch, word and norm of an optimiser or step rule, whatever the registry holds. */
export function ChoiceFields({ discriminator, name, value, path = [], onChange }: FieldsProps): VNode {
  const set = (key: string, entry: unknown): void => onChange({ ...value, [key]: entry });
  return (
    <>
      {Object.entries(value).map(([key, entry]) => {
        if (key === "kind" || key === "rule") return null;
        const label = optionName(key);
        if (key === "norm") return <NormField key={key} value={entry as NormExpression} onChange={(norm) => set(key, norm)} />;
        if (typeof entry === "number") {
          return <NumberField key={key} label={label} value={entry} whole={wholeKeys.has(key)} onChange={(number) => set(key, number)} />;
        }
        if (typeof entry === "boolean") return <CheckField key={key} label={label} value={entry} onChange={(on) => set(key, on)} />;
        const words = typeof entry === "string" ? wordsAt(discriminator, name, [...path, key]) : undefined;
        if (words) {
          const options = words.map((word) => [word, word] as const);
          return <ChoiceField key={key} label={label} value={entry as string} options={options} onChange={(word) => set(key, word)} />;
        }
        if (typeof entry !== "object" || entry === null || Array.isArray(entry)) return null;
        return (
          <fieldset key={key} class="inner">
            <legend>{label}</legend>
            <ChoiceFields
              discriminator={discriminator}
              name={name}
              value={entry}
              path={[...path, key]}
              onChange={(inner) => set(key, inner)}
            />
          </fieldset>
        );
      })}
    </>
  );
}

const otherNorm = "other";
const normOptions = [...Object.keys(norms).map((id) => [id, symbolOf(id)] as const), [otherNorm, "another expression…"] as const];

/** A norm of the registry, or any expression of them. */
export function NormField({
  value,
  onChange,
}: {
  readonly value: NormExpression;
  readonly onChange: (norm: NormExpression) => void;
}): VNode {
  const [typing, setTyping] = useState(typeof value !== "string");
  const [text, setText] = useState(normText(value));
  const [refusal, setRefusal] = useState<string | undefined>(undefined);
  const id = useId();
  const type = (now: string): void => {
    setText(now);
    try {
      onChange(normExpressionFromText(now));
      setRefusal(undefined);
    } catch (error) {
      setRefusal((error as Error).message);
    }
  };
  return (
    <>
      <ChoiceField
        label="norm"
        value={typing ? otherNorm : (value as string)}
        options={normOptions}
        onChange={(chosen) => {
          setTyping(chosen === otherNorm);
          if (chosen === otherNorm) type(typeof value === "string" ? "lp(3)" : text);
          else onChange(chosen as NormExpression);
        }}
      />
      {typing && (
        <div class="field">
          <label for={id}>expression</label>
          <input
            id={id}
            type="text"
            spellcheck={false}
            value={text}
            aria-invalid={refusal !== undefined}
            aria-describedby={`${id}-help`}
            onInput={(event) => type(event.currentTarget.value)}
          />
          <p id={`${id}-help`} class="help">
            {refusal ?? "lp(3), or one norm per layer: max(spectral,0.5*linf), sum(l1,l2), l2(l2,linf)"}
          </p>
        </div>
      )}
    </>
  );
}
