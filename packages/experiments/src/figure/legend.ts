import type { FigureSpec } from "./figureSpec.js";
import { panelHeight, panelWidth } from "./panelSize.js";
import type { ArmStyle } from "./style.js";

/** The arms of a figure, in order. */
export interface ArmLooks {
  readonly titles: readonly string[];
  readonly styles: readonly ArmStyle[];
}

/** Colour and dashes of the arms; one legend shows both. */
export interface ArmChannels {
  readonly color: FigureSpec;
  readonly strokeDash: FigureSpec;
}

/** The channels of colour and dashes, with a legend below the panels of so many columns, or without one. */
export function armChannels({ titles, styles }: ArmLooks, columns: number | undefined): ArmChannels {
  const below = {
    title: null,
    symbolType: "stroke",
    symbolSize: 1100,
    symbolStrokeWidth: 2.5,
    symbolOpacity: 1,
    symbolFillColor: "transparent",
    labelLimit: panelWidth - 30, // beside the symbol
    orient: "bottom",
    columns,
  };
  const legend = columns === undefined ? null : below;
  const channel = (range: unknown[]): FigureSpec => ({ field: "arm", type: "nominal", scale: { domain: titles, range }, legend });
  return {
    color: channel(styles.map(({ color }) => color)),
    strokeDash: channel(styles.map(({ dash }) => (dash.length > 0 ? dash : null))),
  };
}

const lineHeight = 20;
const symbolLength = 34;
const symbolGap = 6;

/** True if so many arms have room in the place of one panel. */
export const fitsInPlace = (arms: number): boolean => arms * lineHeight <= panelHeight;

/** The legend in the place of a panel that would be empty. */
export function legendInPlace(looks: ArmLooks): FigureSpec {
  const { color, strokeDash } = armChannels(looks, undefined);
  const across = (x: number): FigureSpec => ({ datum: x, type: "quantitative", scale: { domain: [0, panelWidth] }, axis: null });
  const y = { field: "at", type: "quantitative", scale: { domain: [panelHeight, 0] }, axis: null };
  const values = looks.titles.map((arm, i) => ({ arm, at: (i + 0.5) * lineHeight }));
  return {
    width: panelWidth,
    height: panelHeight,
    view: { stroke: null },
    layer: [
      {
        data: { values },
        mark: { type: "rule", strokeWidth: 2.5 },
        encoding: { x: across(0), x2: { datum: symbolLength }, y, color, strokeDash },
      },
      {
        data: { values },
        mark: { type: "text", align: "left", baseline: "middle", fontSize: 12, limit: panelWidth - symbolLength - symbolGap },
        encoding: { x: across(symbolLength + symbolGap), y, text: { field: "arm", type: "nominal" } },
      },
    ],
  };
}
