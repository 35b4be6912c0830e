import type { AgendaItem, AgendaQuery } from '../../feature/agenda.ts';
import type { Work } from '../../feature/feature.ts';
import { localDate } from '../../calendar/zones.ts';
import { listSettledSince } from './agenda-records.ts';
import { readerOf } from './describe-escalation.ts';
import { listOpenings } from './open-records.ts';
import { findTeamZone } from './setup-records.ts';
import { describeOpening } from './standing-words.ts';

/** What is open, or was raised since the team last met: first on the agenda, without a word of why. */
export async function addEscalations(work: Work, { team, since }: AgendaQuery): Promise<readonly AgendaItem[]> {
  const zone = await findTeamZone(work.tx, team);
  if (zone === undefined) return [];
  const reader = { ...readerOf(work), zone };
  const open = (await listOpenings(work.tx, { team })).map((opening): AgendaItem => {
    const { id, client, severity, raisedAt } = opening;
    return {
      id: `escalation:${id}`,
      section: 'safety',
      ...(client === undefined ? {} : { client: { id: client.id, code: client.code } }),
      reason: openReasons[severity],
      since: localDate(raisedAt, zone),
      ...(client === undefined ? {} : { tier: client.tier }),
      severity,
      openSince: raisedAt,
      open: describeOpening(opening, reader),
    };
  });
  const settled = (await listSettledSince(work.tx, team, since)).map(
    ({ id, client, code, tier, raisedOn }): AgendaItem => ({
      id: `escalation:${id}`,
      section: 'safety',
      ...(client === undefined || code === undefined ? {} : { client: { id: client, code } }),
      reason: 'escalation-raised' satisfies keyof typeof agendaReasons,
      since: raisedOn,
      ...(tier === undefined ? {} : { tier }),
    }),
  );
  return [...open, ...settled];
}

/** Why somebody stands on the agenda, as it is said. */
export const agendaReasons = {
  'crisis-open': 'CRISIS, an escalation was open',
  'urgent-open': 'urgent, an escalation was open',
  'escalation-open': 'an escalation was open',
  'escalation-raised': 'an escalation since the last huddle',
} as const;

/** As a huddle keeps why somebody stood on its agenda: coded, and called what it was. */
const openReasons = {
  crisis: 'crisis-open',
  urgent: 'urgent-open',
  concern: 'escalation-open',
} as const satisfies Record<string, keyof typeof agendaReasons>;
