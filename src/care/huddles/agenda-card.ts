import type { Button, Card, Node, Row } from '../../chat/card.ts';
import { formatDay } from '../../calendar/local-dates.ts';
import { reminderCardKind } from './card-kinds.ts';
import type { AgendaReasons } from '../../feature/agenda.ts';
import type { AgendaLine } from './arrange-agenda.ts';
import { countSections, describeOthers, describeWhy, formatMoment } from './describe-item.ts';
import { rhythmLabels, sectionLabels } from './huddle-words.ts';
import type { Huddle } from './records.ts';
import type { Meeting } from './rhythms.ts';
import type { HuddleTeam } from './team-records.ts';

export const agendaCardKind = 'huddles.agenda';
export const pastCardKind = 'huddles.past';

interface Reader {
  readonly now: Date;
  readonly zone: string;
}

const moved = (movedFrom: string | undefined, today: string): string =>
  movedFrom === undefined ? '' : ` It moved from ${formatDay(movedFrom, today)}, when the team is closed.`;

/** Half an hour before: when, how long, and how much of what. Counts only. */
export function reminderCard(
  huddle: Huddle,
  lines: readonly AgendaLine[],
  reader: Reader & { readonly today: string },
): Card {
  const head = `${rhythmLabels[huddle.rhythm]} of ${huddle.teamName}`;
  const when = formatMoment(huddle.startsAt, reader);
  if (huddle.state === 'skipped') {
    const who = huddle.endedBy === undefined ? 'It was not held' : `${huddle.endedBy} skipped it`;
    const text = `${head}, ${when}: ${who}. What was to be spoken about waits for the next one.`;
    return { kind: reminderCardKind, subject: huddle.id, summary: text, nodes: [{ kind: 'text', text }] };
  }
  const agenda = lines.length === 0 ? 'Nothing stands on the agenda yet.' : `On the agenda: ${countSections(lines)}.`;
  const buttons: Button[] = [
    { action: 'huddles.show', label: 'Show the agenda', subject: huddle.team },
    { action: 'huddles.start', label: 'Start now', subject: huddle.team },
  ];
  return {
    kind: reminderCardKind,
    subject: huddle.id,
    summary: `${head}: ${when}, ${huddle.minutes} min.`,
    nodes: [
      {
        kind: 'text',
        text: [{ bold: `${head}: ${when}` }, ` · ${huddle.minutes} min.${moved(huddle.movedFrom, reader.today)}`],
      },
      { kind: 'text', text: agenda },
      ...(huddle.state === 'planned' ? [{ kind: 'buttons' as const, buttons }] : []),
    ],
  };
}

/** The next huddle and what it will go through, for one person of the team. */
export function agendaCard(
  team: HuddleTeam,
  meeting: Meeting | undefined,
  rows: readonly Row[],
  reader: Reader & { readonly today: string },
): Card {
  const when =
    meeting === undefined
      ? `${team.name} has no huddle planned. You can start one now.`
      : `${rhythmLabels[meeting.plan.rhythm]} of ${team.name}: ${formatMoment(meeting.startsAt, reader)}`;
  const more = meeting === undefined ? '' : ` · ${meeting.plan.minutes} min.${moved(meeting.movedFrom, reader.today)}`;
  const agenda: Node[] =
    rows.length === 0
      ? [{ kind: 'text', text: 'Nothing stands on the agenda yet.' }]
      : [
          { kind: 'heading', text: `On the agenda: ${rows.length}` },
          { kind: 'rows', rows },
        ];
  return {
    kind: agendaCardKind,
    subject: team.id,
    summary: when,
    nodes: [
      { kind: 'text', text: [{ bold: when }, more] },
      {
        kind: 'buttons',
        buttons: [
          { action: 'huddles.start', label: 'Start now', subject: team.id },
          { action: 'huddles.list', label: 'The last ones', subject: team.id },
        ],
      },
      ...agenda,
    ],
  };
}

/** `Safety · CRISIS · open 12 min · nobody has it`, `No contact · no contact yet, since Mon 23 Nov` */
export function agendaDetail(
  line: AgendaLine,
  said: { readonly reasons: AgendaReasons; readonly today: string },
): string {
  const others = line.others.length === 0 ? [] : [describeOthers(line.others, said.reasons)];
  return [sectionLabels[line.section], line.open ?? describeWhy(line, said), ...others].join(' · ');
}

/** Those that are over, the latest first. */
export function pastCard(team: HuddleTeam, past: readonly Huddle[], reader: Reader): Card {
  const rows = past.map((huddle): Row => {
    const reviewed = huddle.items.filter(({ state }) => state === 'reviewed').length;
    const what =
      huddle.state === 'skipped'
        ? `skipped${huddle.endedBy === undefined ? '' : ` by ${huddle.endedBy}`}`
        : `${huddle.attendance.length} there · ${reviewed} of ${huddle.items.length} reviewed · ${huddle.decisions.length} decided`;
    return {
      id: huddle.id,
      text: [
        { bold: formatMoment(huddle.startedAt ?? huddle.startsAt, reader) },
        ` · ${rhythmLabels[huddle.rhythm]} · ${what}`,
      ],
      ...(huddle.state === 'skipped'
        ? {}
        : { buttons: [{ action: 'huddles.open', label: 'Open', subject: huddle.id }] }),
    };
  });
  const text = rows.length === 0 ? `${team.name} has held no huddle yet.` : `Huddles of ${team.name}`;
  return {
    kind: pastCardKind,
    subject: team.id,
    summary: text,
    nodes: [{ kind: 'text', text: [{ bold: text }] }, ...(rows.length === 0 ? [] : [{ kind: 'rows' as const, rows }])],
  };
}
