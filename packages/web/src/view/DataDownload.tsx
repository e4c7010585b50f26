import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { mostSize, sizeProblem } from "../data/fileSize.js";
import { raceData } from "../export/raceExport.js";
import type { Laboratory } from "../lab/laboratory.js";
import type { RaceSetup } from "../setup/raceSetup.js";
import { save } from "./save.js";

/** Download of the race's data as a table that may be dropped on the page again; if it is too large for that, a note says so. */
export function DataDownload({ lab }: { readonly lab: Laboratory }): VNode {
  const [saved, setSaved] = useState<{ readonly setup: RaceSetup; readonly problem: string | undefined }>();
  const download = (): void => {
    const data = raceData(lab);
    save("data.csv", data, "text/csv");
    setSaved({ setup: lab.setup.value, problem: sizeProblem(data.size) });
  };
  return (
    <>
      <button type="button" disabled={!lab.loaded.value} onClick={download}>
        Download data (CSV)
      </button>
      {saved?.problem !== undefined && saved.setup === lab.setup.value && (
        <p class="help" role="status">
          It cannot be dropped on this page again: {saved.problem}, expected {mostSize}. The definition for steepest run gives the same
          data.
        </p>
      )}
    </>
  );
}
