/** A part of `TrainOptions` in a registry: its factory and its name. */
export interface Member<Part extends object> {
  /** The name under which this package exports the factory, as recipes have it. */
  readonly factory: string;
  make(...args: never[]): Part;
  /** The name in menus and reports, "Adam". */
  readonly title: string;
}
