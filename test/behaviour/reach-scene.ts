import { handOf, type World } from '../helpers/world.ts';

/** Who they are on the two platforms: for what no hand can do. */
const ids: Readonly<Record<string, { slack: string; teams: string }>> = {
  maya: { slack: 'U0MAYA', teams: '0a000000-0000-4000-8000-0000000000a1' },
  keisha: { slack: 'U0KEISHA', teams: '0a000000-0000-4000-8000-00000000b001' },
  bea: { slack: 'U0BEA', teams: '0a000000-0000-4000-8000-0000000000a4' },
  stranger: { slack: 'U0STRANGER', teams: '0a000000-0000-4000-8000-0000000000ff' },
};

/** Presses a button that this person was never shown. */
export async function forgePress(
  world: World,
  platform: 'slack' | 'teams',
  person: string,
  button: { readonly action: string; readonly subject: string },
): Promise<void> {
  const { action, subject } = button;
  const message = (await handOf(world, platform, person).types('help')).messages[0]?.id ?? '';
  const user = ids[person]?.[platform] ?? '';
  if (platform === 'teams') {
    await world.teams.press({ user, activity: message, evenIf: { verb: action, data: { s: subject } } });
  } else {
    const forged = { action_id: action, ...(subject === '' ? {} : { value: subject }) };
    await world.slack.action({ user, channel: world.slack.direct(user), message, action: forged, evenIf: true });
  }
  await world.settled();
}

export interface AuditRow {
  readonly actor: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly detail: unknown;
}

/** The audit's rows of one verb, oldest first. */
export function auditOf(world: World, verb: string): Promise<readonly AuditRow[]> {
  return world.store.inOrganisation('riverside', (tx) =>
    tx.db.auditEvent.findMany({
      where: { organisationId: 'riverside', verb },
      orderBy: { sequence: 'asc' },
      select: { actor: true, subjectKind: true, subjectId: true, detail: true },
    }),
  );
}

/** How often something of a client was shown on record, as the metric tells. */
export async function revealsOf({ service }: Pick<World, 'service'>): Promise<number> {
  const text = await (await fetch(`${service.url}/metrics`)).text();
  return Number(/^baton_reveals_total (\d+)$/m.exec(text)?.[1] ?? 0);
}
