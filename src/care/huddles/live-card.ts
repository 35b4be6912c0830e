import type { Button, Card, Node } from '../../chat/card.ts';
import { daysBetween } from '../../calendar/local-dates.ts';
import { liveCardKind } from './card-kinds.ts';
import { describeOthers, describeWhy, nameItem } from './describe-item.ts';
import { currentOf } from './find-huddle.ts';
import { describeDiscussion, rhythmLabels, sectionLabels } from './huddle-words.ts';
import { describeAttendance, outcomeNodes } from './outcome-lines.ts';
import type { Huddle, Item } from './records.ts';
import { identify, mayReadWords, showsWords, type HuddleView } from './view-huddle.ts';

/**
 * The one card a huddle is run from. In the team's place it shows codes, coded reasons and names of colleagues; for one
 * person, besides, what they may see of the client.
 */
export function liveCard(view: HuddleView): Card {
  const { huddle } = view;
  const current = currentOf(huddle);
  const head = `${rhythmLabels[huddle.rhythm]} of ${huddle.teamName}`;
  const at = current === undefined ? '' : ` ${huddle.position + 1} of ${huddle.items.length}, ${nameItem(current)}.`;
  return {
    kind: liveCardKind,
    subject: huddle.id,
    summary: `${head} is under way.${at}`,
    nodes: [
      { kind: 'text', text: [{ bold: head }, ` · ${huddle.minutes} min`] },
      ...(current === undefined ? throughNodes(huddle) : itemNodes(view, current)),
      { kind: 'buttons', buttons: runButtons(huddle, current) },
      { kind: 'divider' },
      { kind: 'text', text: [{ bold: 'Here: ' }, describeAttendance(huddle.attendance)] },
      { kind: 'buttons', buttons: presenceButtons(huddle) },
    ],
  };
}

function throughNodes({ items }: Huddle): Node[] {
  const text =
    items.length === 0
      ? 'Nothing stands on the agenda today.'
      : 'The agenda is through. End the huddle when you are done.';
  return [{ kind: 'text', text }];
}

function itemNodes(view: HuddleView, item: Item): readonly Node[] {
  const { huddle, today } = view;
  const client = item.client === undefined ? undefined : view.clients.get(item.client.id);
  const following = huddle.items[huddle.position + 1];
  const last = client?.lastContactOn;
  const mark = item.client === undefined ? undefined : view.marks.get(item.client.id);
  const facts = [
    ...(mark === undefined ? [] : [{ label: 'Now', value: mark.open }]),
    { label: 'Why', value: describeWhy(item, view) },
    ...(item.others.length === 0 ? [] : [{ label: 'Also', value: describeOthers(item.others, view.reasons) }]),
    ...(client === undefined
      ? []
      : [
          { label: 'Days since contact', value: last === undefined ? 'none yet' : String(daysBetween(last, today)) },
          { label: 'Tier', value: client.tier },
          { label: 'Coordinator', value: client.coordinatorName ?? 'nobody' },
        ]),
    ...(following === undefined ? [] : [{ label: 'Then', value: nameItem(following) }]),
  ];
  return [
    {
      kind: 'text',
      text: [
        `${huddle.position + 1} of ${huddle.items.length} · ${sectionLabels[item.section]} · `,
        ...identify(view, item),
      ],
    },
    { kind: 'facts', facts },
    ...requestNodes(view, item),
    ...outcomeNodes(view, item),
  ];
}

/** What was written when somebody asked to speak about this client: for who may see them. */
function requestNodes(view: HuddleView, item: Item): readonly Node[] {
  const asked = view.requests.find(({ client }) => client === item.client?.id);
  if (asked === undefined || !mayReadWords(view, item)) return [];
  const words = asked.words === undefined || !showsWords(view, item) ? '' : `: ${asked.words}`;
  return [
    { kind: 'text', text: [{ bold: `${asked.askedByName} asks, ` }, `${describeDiscussion(asked.reason)}${words}`] },
  ];
}

/** Each button carries what the person saw: the version where only one may be first, the line where it is about one. */
function runButtons(huddle: Huddle, current: Item | undefined): Button[] {
  const seen = { subject: huddle.id, version: huddle.version };
  const line = { subject: `${huddle.id}/${current?.id ?? ''}`, opensForm: true };
  const moves: Button[] =
    current === undefined
      ? []
      : [
          { action: 'huddles.next', label: 'Next', ...seen, style: 'primary' },
          { action: 'huddles.recommend', label: 'Recommendation…', ...line },
          { action: 'huddles.decide', label: 'Decide…', ...line },
          { action: 'huddles.next-week', label: 'Next week', ...seen },
        ];
  const back: Button[] = huddle.position === 0 ? [] : [{ action: 'huddles.back', label: 'Back', ...seen }];
  return [...moves, ...back, { action: 'huddles.open', label: 'Open', subject: huddle.id }, endButton(huddle)];
}

function endButton(huddle: Huddle): Button {
  const waiting = huddle.items.filter(({ state }) => state === 'waiting').length;
  const text =
    waiting === 0
      ? 'The summary goes to the team, and each owner hears what is theirs.'
      : `Not reached: ${waiting}. They carry over to the next huddle. The one you are at counts as reviewed after a minute.`;
  return {
    action: 'huddles.end',
    label: 'End',
    subject: huddle.id,
    version: huddle.version,
    style: huddle.position >= huddle.items.length ? 'primary' : 'danger',
    confirm: { title: 'End the huddle', text, yes: 'End it', no: 'Go on' },
  };
}

function presenceButtons({ id }: Huddle): Button[] {
  return [
    { action: 'huddles.here', label: 'I am here', subject: id },
    { action: 'huddles.remote', label: 'I am here remotely', subject: id },
  ];
}
