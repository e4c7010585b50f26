import type { VNode } from "preact";
import { useId } from "preact/hooks";

interface FileProps {
  /** The name of the file that was chosen; undefined: none yet. */
  readonly name: string | undefined;
  /** Words on what to choose, shown while there is no file. */
  readonly help: string;
  /** Remarks on the file. */
  readonly remarks?: readonly string[];
  readonly onChoose: (file: File) => Promise<void>;
}

/** A file of the reader's own. */
export function FileField({ name, help, remarks = [], onChoose }: FileProps): VNode {
  const id = useId();
  return (
    <div class="field file">
      <label for={id}>{name === undefined ? "file" : `file: ${name}`}</label>
      {name === undefined && <p class="help">{help}</p>}
      {remarks.length > 0 && <p class="help">{remarks.join(" ")}</p>}
      <input
        id={id}
        type="file"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file) onChoose(file).catch(reportError);
        }}
      />
    </div>
  );
}
