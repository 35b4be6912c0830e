import { paragraph, type Button, type Card, type Node, type Row } from '../../chat/card.ts';
import { formatDay } from '../../calendar/local-dates.ts';
import { backCardKind, coverCardKind, statusCardKind } from './card-kinds.ts';
import type { Item } from './item-records.ts';
import type { Absence } from './records.ts';

/** What a thing is called beside its client's code. */
const nameOf: Readonly<Record<Item['kind'], string>> = {
  'follow-up': 'follow-up',
  referral: 'referral',
  escalation: 'escalation',
  duty: 'duty',
};
const codeOf = ({ code }: Item): string => code ?? 'not in the list';
/** `K7T2-9, follow-up` */
export const describeItem = (item: Item): string => `${codeOf(item)}, ${nameOf[item.kind]}`;

const count = (number: number, one: string): string => `${number} ${one}${number === 1 ? '' : 's'}`;
const unique = <T>(list: readonly T[]): T[] => [...new Set(list)];

/** `until Fri 27 Nov`, or `today` for a single day that is today. */
export function describeDays(absence: Absence, today: string): string {
  const { startsOn, endsOn, state } = absence;
  if (state === 'planned') {
    const last = endsOn === startsOn ? '' : ` to ${formatDay(endsOn, today)}`;
    return startsOn === endsOn ? `on ${formatDay(startsOn, today)}` : `from ${formatDay(startsOn, today)}${last}`;
  }
  return endsOn === today ? 'today' : `until ${formatDay(endsOn, today)}`;
}

/** How the reader stands to it. */
export interface StatusView {
  readonly today: string;
  /** Read by the person whose absence it is. */
  readonly mine: boolean;
  readonly buttons: readonly Button[];
}

function statusLine(absence: Absence, { mine, today }: StatusView): string {
  const who = mine ? 'You' : absence.personName;
  const are = mine ? 'are' : 'is';
  const back = `Back on ${formatDay(absence.backOn, today)}.`;
  switch (absence.state) {
    case 'planned':
      return `Planned: ${mine ? 'you are' : `${who} is`} away ${describeDays(absence, today)}. Nothing moves before. ${back}`;
    case 'running':
      return `${who} ${are} ${mine && absence.kind === 'sick' ? 'off sick' : 'away'} ${describeDays(absence, today)}. ${back}`;
    case 'ended':
      return `${who} ${are} back.`;
    case 'undone':
      return `Undone: ${mine ? 'you are' : `${who} is`} not away.`;
  }
}

/** That somebody is away, what was done with their things, and the ways back. */
export function statusCard(absence: Absence, items: readonly Item[], view: StatusView): Card {
  const said = statusLine(absence, view);
  const running = absence.state === 'running';
  const covered = items.filter(({ act }) => act === 'covered');
  const rows = unique(covered.map(({ cover }) => cover)).map((cover): Row => {
    const theirs = covered.filter((item) => item.cover === cover);
    return {
      id: cover ?? '',
      text: [{ bold: theirs[0]?.coverName ?? '' }, ' has until then:'],
      detail: theirs.map(describeItem).join(' · '),
    };
  });
  const stays = items.filter(({ act, state }) => act === 'covered' && state === 'stays');
  const moved = items.filter(({ act }) => act === 'moved').length;
  const asked = items.filter(({ act }) => act === 'asked').length;
  const rest = [
    ...(moved === 0 ? [] : [`${count(moved, 'follow-up')} moved to ${formatDay(absence.backOn, view.today)}.`]),
    ...(asked === 0 ? [] : [`Cover is asked for ${asked === 1 ? 'your duty' : `${asked} times of duty`}.`]),
  ];
  const nodes: Node[] = running
    ? [
        ...(rows.length === 0 ? [] : [{ kind: 'rows' as const, rows }]),
        ...(rest.length === 0 ? [] : [paragraph(rest.join(' '))]),
        ...(rows.length + rest.length === 0 ? [paragraph('Nothing was waiting, so nothing had to move.')] : []),
      ]
    : stays.length === 0
      ? []
      : [
          paragraph(
            `With the cover still: ${stays.map((item) => `${describeItem(item)} (${describeStay(item)})`).join(' · ')}`,
          ),
        ];
  return {
    kind: statusCardKind,
    subject: absence.id,
    summary: said,
    nodes: [
      paragraph([{ bold: said }]),
      ...nodes,
      ...(view.buttons.length === 0 ? [] : [{ kind: 'buttons' as const, buttons: view.buttons }]),
    ],
  };
}

/** Why something does not come back, said after the name of who has it. */
export function describeStay({ reason, kind }: Item): string {
  if (reason === 'done') return 'done';
  if (reason === 'begun') return kind === 'escalation' ? 'was taken by then' : 'begun already';
  if (reason === 'handed-on') return 'handed on meanwhile';
  return reason === 'left' ? 'stays here' : 'back already';
}

/** What a cover answers for until somebody is back; afterwards, what stays with them and why. */
export function coverCard(absence: Absence, cover: string, items: readonly Item[], today: string): Card {
  const running = absence.state === 'running';
  const shown = running
    ? items.filter(({ state }) => state === 'open')
    : items.filter(({ state, reason }) => state === 'stays' && reason !== 'done' && reason !== 'back-already');
  const name = absence.personName;
  const said = running
    ? `${name} is away ${describeDays(absence, today)}. Yours until then: ${shown.length}.`
    : `${name} is back. Thank you for covering.`;
  const rest = !running && shown.length > 0 ? [{ kind: 'text' as const, text: 'These stay with you:' }] : ([] as const);
  return {
    kind: coverCardKind,
    subject: `${absence.id}/${cover}`,
    summary: said,
    nodes: [
      { kind: 'text', text: [{ bold: said }] },
      ...rest,
      ...(shown.length === 0 ? [] : [{ kind: 'rows' as const, rows: shown.map((item) => coverRow(item, running)) }]),
    ],
  };
}

function coverRow(item: Item, running: boolean): Row {
  const button: Button | undefined =
    item.kind === 'referral'
      ? { action: 'referrals.show', label: 'Open referral', subject: item.subject }
      : item.kind === 'escalation'
        ? { action: 'escalations.show', label: 'Open', subject: item.subject }
        : item.client === undefined
          ? undefined
          : { action: 'clients.show', label: 'Show', subject: item.client };
  return {
    id: item.id,
    text: [{ bold: codeOf(item) }, ` · ${nameOf[item.kind]}`, ...(running ? [] : [`, ${describeStay(item)}`])],
    ...(button === undefined ? {} : { buttons: [button] }),
  };
}

/** How many lines are enough on the first morning. */
const mostLines = 5;

/** "While you were away": who did what, what is yours again; the rest behind one button. */
export function backCard(absence: Absence, lines: readonly string[], all: boolean): Card {
  const shown = all ? lines : lines.slice(0, mostLines);
  const more: Button = { action: 'absences.show-all', label: `Show all ${lines.length}`, subject: absence.id };
  return {
    kind: backCardKind,
    subject: absence.id,
    summary: 'While you were away.',
    nodes: [
      { kind: 'text', text: [{ bold: 'While you were away' }] },
      ...(lines.length === 0
        ? [{ kind: 'text' as const, text: 'Nothing happened that needs you.' }]
        : shown.map((line) => ({ kind: 'text' as const, text: line }))),
      {
        kind: 'buttons',
        buttons: [
          ...(shown.length < lines.length ? [more] : []),
          { action: 'follow-ups.all', label: 'My list', style: 'primary' },
        ],
      },
    ],
  };
}

/** Who is away, now and soon: that they are, never why. */
export function listCard(absences: readonly Absence[], today: string, mayChange: (one: Absence) => boolean): Card {
  const said = absences.length === 0 ? 'Nobody is away.' : `Away or soon away: ${absences.length}.`;
  return {
    kind: 'absences.list',
    summary: said,
    nodes: [
      { kind: 'text', text: [{ bold: said }] },
      ...(absences.length === 0
        ? []
        : [
            {
              kind: 'rows' as const,
              rows: absences.map((one) => ({
                id: one.id,
                text: [
                  { bold: one.personName },
                  ` · ${describeDays(one, today)} · back ${formatDay(one.backOn, today)}`,
                ],
                ...(mayChange(one) ? { buttons: [{ action: 'absences.show', label: 'Show', subject: one.id }] } : {}),
              })),
            },
          ]),
      { kind: 'buttons', buttons: [sickButton, awayButton] },
    ],
  };
}

export const sickButton: Button = { action: 'absences.sick', label: 'Off sick today' };
export const awayButton: Button = { action: 'absences.away', label: 'Plan an absence', opensForm: true };
