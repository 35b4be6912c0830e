import type { AgendaItem, AgendaQuery } from '../../feature/agenda.ts';
import type { Work } from '../../feature/feature.ts';
import { daysBetween } from '../../calendar/local-dates.ts';
import { listForAgenda } from './agenda-records.ts';
import { noContactDays, servedStatuses, type Status } from './rules.ts';

/** A paused client (hospital, jail, away) is expected back, not called. */
const contactedStatuses: readonly Status[] = ['active', 'relapse-prevention'];

/** Why a client stands on the agenda, as it is said. */
export const agendaReasons = {
  enrolled: 'enrolled since the last huddle',
  'beyond-limit': 'no contact within the limit of the tier',
  'never-contacted': 'no contact yet',
} as const;
type AgendaReason = keyof typeof agendaReasons;

/** Who is new since the team last met, and who was not in contact within the limit of their tier. */
export async function addClients(work: Work, { team, since }: AgendaQuery): Promise<readonly AgendaItem[]> {
  const found = await listForAgenda(work.tx, {
    team,
    since,
    now: work.now,
    served: servedStatuses,
    contacted: contactedStatuses,
    limits: noContactDays,
  });
  return found.flatMap(({ id, code, tier, enrolledOn, lastContactOn, today, isNew, inContact }) => {
    const client = { id, code };
    const from = lastContactOn ?? enrolledOn;
    const beyond = inContact && daysBetween(from, today) > noContactDays[tier];
    const items: AgendaItem[] = [
      ...(isNew
        ? [
            {
              id: `client:${id}`,
              section: 'new' as const,
              client,
              reason: 'enrolled' satisfies AgendaReason,
              since: enrolledOn,
              tier,
            },
          ]
        : []),
      ...(beyond
        ? [
            {
              id: `client:${id}`,
              section: 'no-contact' as const,
              client,
              reason: (lastContactOn === undefined ? 'never-contacted' : 'beyond-limit') satisfies AgendaReason,
              since: from,
              tier,
            },
          ]
        : []),
    ];
    return items;
  });
}
