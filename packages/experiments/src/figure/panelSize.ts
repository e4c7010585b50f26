/** Pixels of a panel without its axes. */
export const panelWidth = 400;
export const panelHeight = 260;
