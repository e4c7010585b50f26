import { isSteepestError, type NormExpression, normExpressionFromText, norms } from "@steepest/core";
import { didYouMean, normText, symbolOf } from "@steepest/experiments";
import type { VNode } from "preact";
import { useId, useState } from "preact/hooks";
import { defaultsAt, wordsAt } from "../setup/choices.js";
import { optionName } from "../setup/optionName.js";
import { CheckField, ChoiceField, NumberField, useRefusal } from "./Field.js";

const wholeKeys = new Set(["steps", "period"]);

interface FieldsProps {
  readonly discriminator: "kind" | "rule";
  readonly name: string;
  readonly value: object;
  readonly path?: readonly string[];
  /** Path of the value in the setup: "arms.arm1.step". */
  readonly place: string;
  /** The fault of such a value, shown at the field of that path; undefined if there is none. */
  readonly refuses: (field: string, value: object) => string | undefined;
  readonly onChange: (value: object) => void;
}

/** One field for every number, switch, word and norm of an optimiser or step rule in the registry; a default is left out. */
export function ChoiceFields({ discriminator, name, value, path = [], place, refuses, onChange }: FieldsProps): VNode {
  const defaults = defaultsAt(discriminator, name, path);
  const withEntry = (key: string, entry: unknown): object => {
    const { [key]: _, ...others } = value as Readonly<Record<string, unknown>>;
    return defaults.get(key) === entry ? others : { ...value, [key]: entry };
  };
  const set = (key: string, entry: unknown): void => onChange(withEntry(key, entry));
  return (
    <>
      {Object.entries({ ...value, ...absentOf(defaults, value) }).map(([key, entry]) => {
        if (key === "kind" || key === "rule") return null;
        const label = optionName(key);
        if (key === "norm")
          return <NormField key={key} value={entry as NormExpression} path={`${place}.norm`} onChange={(norm) => set(key, norm)} />;
        if (typeof entry === "number") {
          return (
            <NumberField
              key={key}
              label={label}
              path={`${place}.${key}`}
              value={entry}
              whole={wholeKeys.has(key)}
              refuses={(number) => refuses(`${place}.${key}`, withEntry(key, number))}
              onChange={(number) => set(key, number)}
            />
          );
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
              place={`${place}.${key}`}
              refuses={(field, inner) => refuses(field, withEntry(key, inner))}
              onChange={(inner) => set(key, inner)}
            />
          </fieldset>
        );
      })}
    </>
  );
}

const absentOf = (defaults: ReadonlyMap<string, string | number>, value: object): object =>
  Object.fromEntries([...defaults].filter(([key]) => !(key in value)));

const otherNorm = "other";
const normOptions = [...Object.keys(norms).map((id) => [id, symbolOf(id)] as const), [otherNorm, "another expression…"] as const];

/** The text being typed beside the norm that is raced meanwhile: another spelling of it, or no norm. */
interface Draft {
  readonly text: string;
  /** The id of the norm that was raced when typing began. */
  readonly raced: string;
  readonly refusal: string | undefined;
}

function refusalOf(error: unknown): string {
  if (!isSteepestError(error)) throw error;
  const hint = error.path === "norm" && typeof error.value === "string" ? didYouMean(error.value, Object.keys(norms)) : undefined;
  return [error.message, (hint ?? error.hint) && `(${hint ?? error.hint})`].filter(Boolean).join(" ");
}

interface NormProps {
  readonly value: NormExpression;
  readonly path: string;
  readonly onChange: (norm: NormExpression) => void;
}

/** A field for a norm of the registry, or any expression of them. A draft stands while it is typed and the raced norm has not changed otherwise. */
function NormField({ value, path, onChange }: NormProps): VNode {
  const [kept, setDraft] = useState<Draft | undefined>(undefined);
  const raced = normText(value);
  const draft = kept?.raced === raced ? kept : undefined;
  const isTyping = draft !== undefined || typeof value !== "string";
  const id = useId();
  const refusal = useRefusal(path);
  const wrong = draft?.refusal ?? refusal;
  const type = (text: string): void => {
    try {
      const norm = normExpressionFromText(text);
      setDraft({ text, raced: normText(norm), refusal: undefined });
      onChange(norm);
    } catch (error) {
      setDraft({ text, raced, refusal: refusalOf(error) });
    }
  };
  return (
    <>
      <ChoiceField
        label="norm"
        value={isTyping ? otherNorm : (value as string)}
        options={normOptions}
        onChange={(chosen) => {
          setDraft(undefined);
          if (chosen !== otherNorm) onChange(chosen as NormExpression);
          else if (typeof value === "string") onChange({ lp: 3 });
        }}
      />
      {isTyping && (
        <div class="field">
          <label for={id}>expression</label>
          <input
            id={id}
            type="text"
            spellcheck={false}
            value={draft?.text ?? raced}
            aria-invalid={wrong !== undefined}
            aria-describedby={`${id}-help`}
            onInput={(event) => type(event.currentTarget.value)}
            onBlur={() => setDraft(undefined)}
          />
          <p id={`${id}-help`} class={wrong ? "help refusal" : "help"}>
            {wrong ?? "lp(3), or one norm per layer: max(spectral,0.5*linf), sum(l1,l2), l2(l2,linf)"}
          </p>
        </div>
      )}
    </>
  );
}
