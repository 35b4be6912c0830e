import type { Button, Card, Node, Row } from '../../chat/card.ts';
import { localDate, localTime } from '../../calendar/zones.ts';
import { formatDay } from '../../calendar/local-dates.ts';
import type { Rota } from './read-rota.ts';
import type { Cover } from './records.ts';
import { gapsOf, type Stretch } from './rules.ts';

export const rotaCardKind = 'duty.rota';
export const coverCardKind = 'duty.cover';
export const shiftCardKind = 'duty.shift';
export const gapsCardKind = 'duty.gaps';
export const ownCardKind = 'duty.own';

/** Where and when a card is read: times are those of the team, since a rota is one wall clock for everybody. */
export interface Reader {
  readonly now: Date;
  readonly zone: string;
}

type Span = Pick<Stretch, 'startsAt' | 'endsAt'>;

/** `Wed 25 Nov 18:00`, where the team is. */
function formatMoment(moment: Date, { now, zone }: Reader): string {
  return `${formatDay(localDate(moment, zone), localDate(now, zone))} ${localTime(moment, zone)}`;
}

/** `Wed 25 Nov 18:00 to 22:00`, with the second day only when it is another one. */
export function formatSpan({ startsAt, endsAt }: Span, reader: Reader): string {
  const sameDay = localDate(startsAt, reader.zone) === localDate(endsAt, reader.zone);
  const end = sameDay ? localTime(endsAt, reader.zone) : formatMoment(endsAt, reader);
  return `${formatMoment(startsAt, reader)} to ${end}`;
}

const marks = { pattern: '', override: 'changed', cover: 'covers' } as const;

/** Who is on now, who is next, the week, and what nobody has. */
export function rotaCard(
  rota: Rota,
  reader: Reader,
  more: {
    readonly holder: string | undefined;
    readonly buttons: readonly Button[];
    /** Names of those who have not confirmed that a message reaches them. */
    readonly silent: readonly string[];
  },
): Card {
  const { team, stretches, names } = rota;
  const [now, ...later] = stretches;
  const nameOf = ({ person }: Stretch): string =>
    person === undefined ? `nobody; it falls to ${more.holder ?? 'an administrator'}` : (names.get(person) ?? person);
  const until = now === undefined ? '' : `, until ${formatMoment(now.endsAt, reader)}`;
  const next = later[0];
  const gaps = gapsOf(stretches);
  const empty = team.pattern === undefined && stretches.every(({ person }) => person === undefined);
  const rows = stretches.map((stretch): Row => {
    const mark = stretch.origin === undefined ? '' : marks[stretch.origin];
    return {
      id: stretch.startsAt.toISOString(),
      text: [
        { bold: stretch.person === undefined ? 'Nobody' : nameOf(stretch) },
        ` · ${formatSpan(stretch, reader)}`,
        ...(mark === '' ? [] : [{ subtle: ` · ${mark}` }]),
      ],
    };
  });
  const nodes: Node[] = empty
    ? [
        {
          kind: 'text',
          text: `${team.name} has no rota. What comes falls to ${more.holder ?? 'an administrator'}.`,
        },
      ]
    : [
        {
          kind: 'facts',
          facts: [
            { label: 'On duty now', value: now === undefined ? 'nobody' : `${nameOf(now)}${until}` },
            { label: 'Next', value: next === undefined ? 'the same' : `${nameOf(next)}, ${formatSpan(next, reader)}` },
            ...(gaps.length === 0
              ? []
              : [{ label: 'Nobody yet', value: gaps.length === 1 ? '1 time' : `${gaps.length} times` }]),
          ],
        },
        { kind: 'heading', text: 'This week' },
        { kind: 'rows', rows },
      ];
  return {
    kind: rotaCardKind,
    subject: team.id,
    summary: `Duty in ${team.name}.`,
    nodes: [
      { kind: 'text', text: [{ bold: `Duty in ${team.name}` }] },
      ...nodes,
      ...(more.silent.length === 0
        ? []
        : [
            {
              kind: 'text' as const,
              text: `Has not confirmed the monthly check: ${more.silent.join(', ')}. Please ask.`,
            },
          ]),
      ...(more.buttons.length === 0 ? [] : [{ kind: 'buttons' as const, buttons: more.buttons }]),
    ],
  };
}

/** "Cover me", where the team reads it, and whom it found. `standIn` has it meanwhile when who asks is away then. */
export function coverCard(cover: Cover, reader: Reader, readsIt: string | undefined, standIn?: string): Card {
  const when = formatSpan(cover, reader);
  const asks = standIn === undefined ? 'asks for cover' : 'is away and needs cover';
  const said = {
    open: `${cover.askedByName} ${asks}: ${when}. Until somebody takes it, ${standIn ?? cover.askedByName} has the duty.`,
    taken: `${cover.takenByName ?? 'A colleague'} covers ${cover.askedByName}: ${when}.`,
    withdrawn: `${cover.askedByName} no longer asks for cover: ${when}.`,
  }[cover.state];
  const over = cover.endsAt <= reader.now;
  const take: Button = { action: 'duty.take', label: 'Take it', subject: cover.id, style: 'primary' };
  const withdraw: Button = { action: 'duty.withdraw', label: 'No longer needed', subject: cover.id };
  const offered = readsIt === undefined ? [take, withdraw] : [readsIt === cover.askedBy ? withdraw : take];
  return {
    kind: coverCardKind,
    subject: cover.id,
    summary: cover.state === 'open' ? `${cover.askedByName} asks for cover.` : said,
    nodes: [
      { kind: 'text', text: said },
      ...(cover.state === 'open' && !over ? [{ kind: 'buttons' as const, buttons: offered }] : []),
    ],
  };
}

/** What changed in the duty of the one who reads it. `by`: who planned it, as `by Dana Whitfield`. */
export function shiftCard(
  subject: string,
  change: Span & { readonly team: string; readonly holder: string; readonly mine: boolean; readonly by: string },
  reader: Reader,
): Card {
  const when = formatSpan(change, reader);
  const said = change.mine
    ? `You have the duty in ${change.team}: ${when}. Planned ${change.by}.`
    : `${change.holder} has the duty in ${change.team} that was yours: ${when}. Planned ${change.by}.`;
  return {
    kind: shiftCardKind,
    subject,
    summary: 'Your duty has changed.',
    nodes: [
      { kind: 'text', text: said },
      { kind: 'buttons', buttons: [{ action: 'duty.show', label: 'Show the rota', subject: '' }] },
    ],
  };
}

/** What the reader has in a team, after the weekly pattern was changed. */
export function ownCard(
  team: { readonly id: string; readonly name: string },
  own: readonly Span[],
  reader: Reader,
): Card {
  const show: Button = { action: 'duty.show', label: 'Show the rota', subject: team.id };
  return {
    kind: ownCardKind,
    subject: team.id,
    summary: 'Your duty has changed.',
    nodes: [
      {
        kind: 'text',
        text:
          own.length === 0
            ? `The rota of ${team.name} was changed. You have no duty in the coming two weeks.`
            : `The rota of ${team.name} was changed. In the coming two weeks you have:`,
      },
      ...(own.length === 0
        ? []
        : [
            {
              kind: 'rows' as const,
              rows: own.map((span) => ({ id: span.startsAt.toISOString(), text: formatSpan(span, reader) })),
            },
          ]),
      { kind: 'buttons', buttons: [show] },
    ],
  };
}

/** Times of the coming week that nobody has, for who answers for them meanwhile. */
export function gapsCard(rota: Rota, reader: Reader): Card {
  const gaps = gapsOf(rota.stretches);
  const { id, name } = rota.team;
  const plan: Button = { action: 'duty.plan', label: 'Plan somebody', subject: id, opensForm: true, style: 'primary' };
  return {
    kind: gapsCardKind,
    subject: id,
    summary: gaps.length === 0 ? `Duty in ${name} is planned for the week.` : `Duty in ${name} has gaps.`,
    nodes:
      gaps.length === 0
        ? [{ kind: 'text', text: `Duty in ${name} is planned for the week.` }]
        : [
            {
              kind: 'text',
              text: [{ bold: `Nobody has the duty in ${name}. Until somebody is planned it falls to you:` }],
            },
            {
              kind: 'rows',
              rows: gaps.map((gap) => ({ id: gap.startsAt.toISOString(), text: formatSpan(gap, reader) })),
            },
            { kind: 'buttons', buttons: [plan] },
          ],
  };
}
