import type { VNode } from "preact";
import { raceDataCsv } from "../export/raceExport.js";
import type { Laboratory } from "../lab/laboratory.js";
import { save } from "./save.js";

/** The data of the race as a table that may be dropped on the page again. */
export function DataDownload({ lab }: { readonly lab: Laboratory }): VNode {
  return (
    <button type="button" disabled={!lab.loaded.value} onClick={() => save("data.csv", raceDataCsv(lab), "text/csv")}>
      Download data (CSV)
    </button>
  );
}
