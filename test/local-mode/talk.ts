import { z } from 'zod';
import { runBuilt, type BuiltService, type Environment } from '../faults/built-service.ts';

const rowsSchema = z.array(z.looseObject({ client: z.string() }));
export type Rows = z.infer<typeof rowsSchema>;

/** A table of the command line, which works beside a service as well as alone. */
export async function exported(environment: Environment, table: 'caseload' | 'contacts'): Promise<Rows> {
  const { code, out, err } = await runBuilt(environment, 'export', table, '--json');
  if (code !== 0) throw new Error(`the export ended with ${code}: ${err}`);
  return rowsSchema.parse(JSON.parse(out));
}

/** One of Maya's clients, by its code. */
export async function aClientOfMaya(environment: Environment): Promise<string> {
  const own = (await exported(environment, 'caseload')).find(
    (row) => row['coordinator'] === 'maya' && row['status'] === 'active',
  );
  if (own === undefined) throw new Error('Maya has no client');
  return own.client;
}

/** Maya types a command in the simulated Slack; resolves to what the bot acknowledged with, as text. */
export async function mayaTypes(service: BuiltService, text: string): Promise<string> {
  const response = await fetch(`${service.url}/simulator/api/slack/command`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: 'maya', channel: 'C0EAST', text }),
  });
  return response.text();
}

export async function statusOf(service: BuiltService, path: string): Promise<number> {
  return (await fetch(`${service.url}${path}`)).status;
}
