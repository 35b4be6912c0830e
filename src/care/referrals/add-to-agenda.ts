import type { AgendaItem, AgendaQuery } from '../../feature/agenda.ts';
import type { Work } from '../../feature/feature.ts';
import { localDate } from '../../calendar/zones.ts';
import { findClientsOf } from '../clients/find-allowed-client.ts';
import { servedStatuses } from '../clients/rules.ts';
import { listOverdueOfTeam } from './agenda-records.ts';
import { whoActsNext, type NextTask } from './rules.ts';

/** Coded, and without the partner: whom a client was referred to can tell what they suffer from. */
const reasons: Readonly<Record<NextTask, keyof typeof agendaReasons>> = {
  'answer-request': 'answer-late',
  'answer-question': 'question-late',
  'first-contact': 'first-contact-late',
  'tell-outcome': 'outcome-late',
  resume: 'outcome-late',
  close: 'closing-late',
  'close-or-refer-on': 'closing-late',
};

/** How they are said. */
export const agendaReasons = {
  'answer-late': 'a referral without an answer',
  'question-late': 'a question in a referral without an answer',
  'first-contact-late': 'a referral without its first contact',
  'outcome-late': 'a referral without word of its outcome',
  'closing-late': 'a referral that can be closed',
} as const;

/** Loops of a team's clients that are past their time, whoever should have acted. */
export async function addReferrals(work: Work, { team }: AgendaQuery): Promise<readonly AgendaItem[]> {
  const overdue = await listOverdueOfTeam(work.tx, team, work.now);
  const clients = await findClientsOf(
    work,
    overdue.map((one) => one.client),
  );
  return overdue.flatMap((referral): AgendaItem[] => {
    const turn = whoActsNext(referral);
    const client = clients.get(referral.client);
    if (turn?.by === undefined || client === undefined || !servedStatuses.includes(client.status)) return [];
    const { id, code, tier, zone } = client;
    return [
      {
        id: `referral:${referral.id}`,
        section: 'open-loop',
        client: { id, code },
        reason: reasons[turn.task],
        since: localDate(turn.by, zone),
        tier,
      },
    ];
  });
}
