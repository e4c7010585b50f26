import type { FigureSpec } from "./figureSpec.js";
import { panelHeight, panelWidth } from "./panelSize.js";
import { wrapped } from "./wrapped.js";

/** Number of characters of 12 px on a line within a panel. */
const lineWidth = 52;
const mostLines = 4;

/**
 * The layer of a panel in which nothing is drawn: the reasons, in its middle.
 *
 * @param reasons  a sentence each; none: no layer
 */
export function emptyPanel(reasons: readonly string[]): FigureSpec[] {
  if (reasons.length === 0) return [];
  return [
    {
      data: { values: [{}] },
      mark: {
        type: "text",
        fontSize: 12,
        color: "#555",
        lineHeight: 18,
        text: reasons.flatMap((reason) => wrapped(reason, lineWidth, mostLines)),
      },
      encoding: { x: { value: panelWidth / 2 }, y: { value: 0.43 * panelHeight } },
    },
  ];
}
