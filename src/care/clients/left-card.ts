import { isSelf } from '../../access/actor.ts';
import { findDeparture, type Departure } from '../../access/departures.ts';
import { allows } from '../../access/policy.ts';
import type { Card, Row } from '../../chat/card.ts';
import type { Work } from '../../feature/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { listInherited } from './assignment-records.ts';
import { clientSpans } from './cards.ts';
import { findClients, type Client } from './records.ts';
import { relationTo } from './rules.ts';

export const leftCardKind = 'clients.left';

/** What somebody left behind, for who answers for it now; it follows as they hand it on. */
export async function drawLeft(work: Work, subject: string): Promise<Card> {
  const departure = await findDeparture(work.tx, subject);
  const heir = departure?.heir;
  if (departure === undefined || heir === undefined || !isSelf(work.actor, heir) || work.audience === 'place') {
    throw new Refusal('unknown-button', 'That list is not yours. Please open your own.', { denial: true });
  }
  const waiting = await listInherited(work.tx, {
    leaver: departure.person,
    at: departure.at,
    heir,
  });
  const clients = await findClients(work.tx, waiting);
  return leftCard(
    departure,
    clients.map((client) => clientRow(work, departure, client)),
  );
}

/** Who may not see clients, an administrator for example, hands them on by their codes. */
function clientRow(work: Work, departure: Departure, client: Client): Row {
  const sees = allows(work.actor, 'client.see', relationTo(work.actor, client));
  return {
    id: client.id,
    text: sees ? clientSpans(client, work.privacy) : [{ bold: client.code }],
    detail: `${client.teamName} · ${client.tier}, ${client.status}`,
    buttons: [
      {
        action: 'clients.hand-to',
        label: 'Hand to…',
        subject: `${client.id}/${departure.id}`,
        opensForm: true,
      },
      ...(sees ? [{ action: 'clients.show', label: 'Show', subject: client.id }] : []),
    ],
  };
}

function leftCard(departure: Departure, rows: readonly Row[]): Card {
  const { personName, clients, things } = departure;
  const summary = `${personName} has left: ${list(clients, things)} yours to hand on.`;
  return {
    kind: leftCardKind,
    subject: departure.id,
    summary,
    nodes: [
      { kind: 'text', text: [{ bold: summary }] },
      {
        kind: 'text',
        text: 'You answer for all of it until somebody else does. The open things stand in your own list: next.',
      },
      ...(rows.length > 0
        ? [
            { kind: 'heading' as const, text: `Still to hand on: ${rows.length}` },
            { kind: 'rows' as const, rows },
          ]
        : clients === 0
          ? []
          : [{ kind: 'text' as const, text: 'Every client has been handed on.' }]),
    ],
  };
}

const count = (number: number, one: string): string => `${number} ${one}${number === 1 ? '' : 's'}`;

/** `9 clients and 14 open things are` */
function list(clients: number, things: number): string {
  const parts = [
    ...(clients === 0 ? [] : [count(clients, 'client')]),
    ...(things === 0 ? [] : [count(things, 'open thing')]),
  ];
  return `${parts.join(' and ')} ${clients + things === 1 ? 'is' : 'are'}`;
}
