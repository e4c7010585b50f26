export { certifyRun } from "@steepest/certificates";
export { highsAt } from "./highsLoader.js";
