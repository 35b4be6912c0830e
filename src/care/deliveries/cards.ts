import type { Card, Row } from '../../chat/card.ts';
import type { ParkedDelivery } from './records.ts';
import type { ParkedPages } from './page-records.ts';
import { explainPage, explainReason } from './rules.ts';

export const parkedCardKind = 'deliveries.parked';
/** There is one list an organisation. */
export const parkedCardSubject = 'open';

const platformNames = { slack: 'Slack', teams: 'Teams' } as const;

const counted = (count: number, one: string, many: string): string => (count === 1 ? `1 ${one}` : `${count} ${many}`);

/** All of one person in one row: a gateway that is down for a night fills no screens. */
function pagesRow({ person, name, count, attempts, reason }: ParkedPages): Row {
  return {
    id: `pages:${person}`,
    text: [{ bold: name }, ` · pager · ${counted(count, 'page', 'pages')} · ${counted(attempts, 'try', 'tries')}`],
    detail: explainPage(reason),
    buttons: [
      { action: 'deliveries.retry-pages', label: 'Retry', subject: person },
      { action: 'deliveries.dismiss-pages', label: 'Dismiss', subject: person },
    ],
  };
}

function parkedRow(delivery: ParkedDelivery): Row {
  const { id, kind, to, platform, attempts, reason } = delivery;
  const what = (kind.split('.')[0] ?? kind).replaceAll('-', ' ');
  const where = platform === null ? '' : ` · ${platformNames[platform]}`;
  return {
    id,
    text: [{ bold: to }, ` · ${what}${where} · ${counted(attempts, 'try', 'tries')}`],
    detail: explainReason(reason),
    buttons: [
      { action: 'deliveries.retry', label: 'Retry', subject: id },
      { action: 'deliveries.dismiss', label: 'Dismiss…', subject: id, opensForm: true },
    ],
  };
}

/** What could not be delivered, for a supervisor. Names of colleagues and teams, nothing of a client. */
export function parkedCard(parked: readonly ParkedDelivery[], pages: readonly ParkedPages[]): Card {
  const pageCount = pages.reduce((sum, { count }) => sum + count, 0);
  const counts = [
    ...(parked.length === 0 ? [] : [counted(parked.length, 'message', 'messages')]),
    ...(pageCount === 0 ? [] : [counted(pageCount, 'page', 'pages')]),
  ];
  const rows = [...pages.map(pagesRow), ...parked.map(parkedRow)];
  const summary =
    counts.length === 0 ? 'Every message has arrived.' : `${counts.join(' and ')} could not be delivered.`;
  return {
    kind: parkedCardKind,
    subject: parkedCardSubject,
    summary,
    nodes: [
      { kind: 'text', text: [{ bold: summary }] },
      ...(rows.length === 0 ? [] : [{ kind: 'rows' as const, rows }]),
    ],
  };
}
