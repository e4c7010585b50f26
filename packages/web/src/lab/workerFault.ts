/** Why a worker's file cannot be run: the error event of a worker that could not be loaded says nothing, so the file is asked for once more. */
export async function workerFault({ href }: URL): Promise<string> {
  const response = await fetch(href).catch((cause: unknown) => cause as Error);
  if (response instanceof Error) return `${href} cannot be fetched: ${response.message}`;
  await response.body?.cancel();
  if (!response.ok) return `${href} answered with status ${response.status}`;
  const type = response.headers.get("content-type") ?? "no content type";
  return /javascript|ecmascript/.test(type)
    ? `${href} is truncated or no module, or a content security policy forbids it`
    : `${href} holds ${type}, not JavaScript`;
}
