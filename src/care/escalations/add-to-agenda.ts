import type { AgendaItem, AgendaQuery } from '../../chat/agenda.ts';
import type { Ask } from '../../chat/feature.ts';
import { listForAgenda } from './agenda-records.ts';

/** What is open, or was raised since the team last met: first on the agenda, without a word of why. */
export async function addEscalations(ask: Ask, { team, since }: AgendaQuery): Promise<readonly AgendaItem[]> {
  const found = await listForAgenda(ask.tx, team, since);
  return found.map(({ id, client, code, tier, open, raisedOn }) => ({
    id: `escalation:${id}`,
    section: 'safety',
    ...(client === undefined || code === undefined ? {} : { client: { id: client, code } }),
    reason: open ? 'escalation-open' : 'escalation-raised',
    since: raisedOn,
    ...(tier === undefined ? {} : { tier }),
  }));
}
