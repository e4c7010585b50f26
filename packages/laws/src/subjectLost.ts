/**
 * Thrown by a subject that can give no more answers, such as a process that has ended. It refutes nothing: `checkLaws` stops and throws it on, while
 * anything else that a subject throws counts as a wrong answer.
 */
export class SubjectLost extends Error {
  override readonly name: string = "SubjectLost";
}
