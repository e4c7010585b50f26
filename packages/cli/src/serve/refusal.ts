/** An answer other than 200, as a value: nothing in a request is our bug. */
export interface Refusal {
  readonly status: 400 | 403 | 404 | 405 | 417 | 421;
  readonly reason: string;
}

export function refusal(status: Refusal["status"], reason: string): Refusal {
  return { status, reason };
}

export function isRefusal(value: object): value is Refusal {
  return "status" in value;
}
