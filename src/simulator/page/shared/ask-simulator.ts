/** A refusal of the simulator, in its own words. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

async function read<T>(response: Response): Promise<T> {
  if (response.ok) return (await response.json()) as T;
  const { error } = (await response.json().catch(() => ({}))) as { error?: string };
  throw new Refused(error ?? 'The simulator does not answer. Is the service still running?');
}

/** Does something as a person: the simulator sends the platform's real request. Rejects with a sentence. */
export async function act<T = unknown>(path: string, body: object): Promise<T> {
  const response = await fetch(`/simulator/api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return read<T>(response);
}

/** Looks at what is there. */
export async function look<T>(path: string, signal: AbortSignal): Promise<T> {
  return read<T>(await fetch(`/simulator/api/${path}`, { signal }));
}

export const query = (values: Readonly<Record<string, string>>): string => new URLSearchParams(values).toString();
