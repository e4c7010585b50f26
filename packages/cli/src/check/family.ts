import { DefinitionError, type TrainHost } from "@steepest/core";
import {
  type ArithmeticOptions,
  arithmeticOf,
  type CheckOptions,
  checkLaws,
  type Finding,
  findingOf,
  type Law,
  type LawResult,
  SubjectLost,
} from "@steepest/laws";
import type { Foreign } from "./foreign.js";

export interface Checked extends LawResult {
  readonly family: string;
  readonly subject: string;
}

export interface Replayed extends Finding {
  /** The error that the subject threw. */
  readonly error?: string;
}

/** A subject under the laws of its family. */
export interface AskedSubject {
  readonly family: string;
  readonly name: string;
  /** Every law of the family, or the one of this id. */
  check(law: string | undefined, options: CheckOptions): Checked[];
  /** The slack of one law on a case; infinite where the subject throws. @throws SubjectLost */
  replay(law: string, sample: unknown, options: ArithmeticOptions): Replayed;
}

/** One kind of subject with its laws. */
export interface Family {
  readonly id: string;
  readonly lawIds: readonly string[];
  /** The subjects that our own core makes. */
  own(host: TrainHost): AskedSubject[];
  /** The subject that a module exports. @throws DefinitionError  if a member is missing or of another type */
  fromModule(path: string, exported: unknown): AskedSubject;
  /** Undefined for a family that is asked in this process only. @throws ProcessError  if the hello lacks something */
  readonly fromProcess: ((name: string, foreign: Foreign) => AskedSubject) | undefined;
}

interface Definition<Subject extends object> {
  readonly id: string;
  readonly laws: readonly Law<Subject>[];
  /** Types, by typeof, of the members that a module must export. */
  readonly members: Readonly<Partial<Record<keyof Subject & string, "function" | "number" | "object" | "boolean" | "string">>>;
  own(host: TrainHost): Readonly<Record<string, Subject>>;
  readonly remote?: {
    /** The calls that a process must answer. */
    readonly calls: readonly string[];
    subject(foreign: Foreign): Subject;
  };
}

/** Hides the type of a family's subjects, so that all families are asked in one way. */
export function defineFamily<Subject extends object>({ id, laws, members, own, remote }: Definition<Subject>): Family {
  const asked = (name: string, subject: Subject): AskedSubject => ({
    family: id,
    name,
    check: (law, options) =>
      checkLaws(law === undefined ? laws : laws.filter((candidate) => candidate.id === law), subject, options).results.map((result) => ({
        family: id,
        subject: name,
        ...result,
      })),
    replay: (id, sample, options) => {
      const law = laws.find((candidate) => candidate.id === id)!;
      try {
        return findingOf(law.holds(subject, sample, arithmeticOf(options)));
      } catch (thrown) {
        if (thrown instanceof SubjectLost) throw thrown;
        return { slack: Infinity, error: String(thrown) };
      }
    },
  });
  return {
    id,
    lawIds: laws.map((law) => law.id),
    own: (host) => Object.entries(own(host)).map(([name, subject]) => asked(name, subject)),
    fromModule: (path, exported) => {
      for (const [member, type] of Object.entries(members)) {
        const found = typeof (exported as Record<string, unknown> | undefined | null)?.[member];
        if (found === type) continue;
        throw DefinitionError.at("--subject", `the default export of ${path} must have a ${type} ${member}, got ${found}`, {
          value: path,
          hint: `family ${id}: export default { ${Object.keys(members).join(", ")} }`,
        });
      }
      return asked(path, exported as Subject);
    },
    fromProcess:
      remote &&
      ((name, foreign) => {
        for (const call of remote.calls) {
          if (!foreign.members.includes(call)) foreign.refuse(`does not offer ${call} in its answer to "hello"`, foreign.hello);
        }
        return asked(name, remote.subject(foreign));
      }),
  };
}
