import { execFileSync } from "node:child_process";

/** A Python that has a module, the one on the path or that of the system; undefined if none has it. */
export const pythonWith = (module: string): string | undefined =>
  ["python3", "/usr/bin/python3"].find((command) => {
    try {
      execFileSync(command, ["-c", `import ${module}`], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  });
