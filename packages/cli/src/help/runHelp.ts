import { exampleDefinition } from "../definition/exampleDefinition.js";

/** The part of `steepest run --help` about definitions, runs that go on and modules, in lines that fit a terminal. */
export const runHelp: string = `
A definition file, complete (steepest show ID prints others, steepest schema all
fields; steepest init writes one for a data file of yours):

${exampleDefinition}

Runs that go on: the same command reuses complete runs (--fresh makes them
again), and goes on with interrupted ones from their last checkpoint. With a
later stop, such as --set stop.steps=400000, a finished run goes on from its
end, in a folder of its own; its rows are those of a run that never paused. It
is the same run as long as nothing but the stop differs, and that is later.

Modules: { "module": "./my-norm.mjs", "options": { ... } } in the place of a
norm or an optimiser names a JavaScript file of yours, relative to the
definition. It is code that runs with your rights; its content is a part of the
identity of a run.
steepest check ./my-norm.mjs asks it the laws; docs/modules.md has examples.`;
