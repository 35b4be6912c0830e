import type { Card, Row } from '../../chat/card.ts';
import type { ParkedDelivery } from './records.ts';
import { explainReason } from './rules.ts';

export const parkedCardKind = 'deliveries.parked';
/** There is one list an organisation. */
export const parkedCardSubject = 'open';

const platformNames = { slack: 'Slack', teams: 'Teams' } as const;

function parkedRow(delivery: ParkedDelivery): Row {
  const { id, kind, to, platform, attempts, reason } = delivery;
  const what = (kind.split('.')[0] ?? kind).replaceAll('-', ' ');
  const where = platform === null ? '' : ` · ${platformNames[platform]}`;
  const tries = attempts === 1 ? '1 try' : `${attempts} tries`;
  return {
    id,
    text: [{ bold: to }, ` · ${what}${where} · ${tries}`],
    detail: explainReason(reason),
    buttons: [
      { action: 'deliveries.retry', label: 'Retry', subject: id },
      { action: 'deliveries.dismiss', label: 'Dismiss…', subject: id, opensForm: true },
    ],
  };
}

/** What could not be delivered, for a supervisor. Names of colleagues and teams, nothing of a client. */
export function parkedCard(parked: readonly ParkedDelivery[]): Card {
  const count = parked.length === 1 ? '1 message' : `${parked.length} messages`;
  const summary = parked.length === 0 ? 'Every message has arrived.' : `${count} could not be delivered.`;
  return {
    kind: parkedCardKind,
    subject: parkedCardSubject,
    summary,
    nodes: [
      { kind: 'text', text: [{ bold: summary }] },
      ...(parked.length === 0 ? [] : [{ kind: 'rows' as const, rows: parked.map(parkedRow) }]),
    ],
  };
}
