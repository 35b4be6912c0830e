import { readCard } from '../helpers/read-teams.ts';
import type { Piece } from '../helpers/screen.ts';
import type { Outcome, Scene } from './bad-input-scene.ts';

/** What no client of the platforms would send: buttons nobody was shown, forms with other values than were offered. */

export interface ForgedButton {
  readonly action: string;
  readonly subject?: string;
  readonly version?: number;
  readonly choice?: string;
}

/** Asks for a harmless card to press on; the result presses any button as if it stood there. */
export async function prepareForgery(
  scene: Pick<Scene, 'platform' | 'world' | 'hand' | 'userOf'>,
  person: string,
): Promise<(button: ForgedButton) => Promise<unknown>> {
  const message = (await scene.hand(person).types('help')).messages[0]?.id ?? '';
  const user = scene.userOf(person);
  return ({ action, subject, version, choice }) => {
    const name = choice === undefined ? action : `${action}:${choice}`;
    if (scene.platform === 'slack') {
      const value = version === undefined ? subject : `${subject ?? ''}~${version}`;
      const { slack } = scene.world;
      return slack.action({
        user,
        channel: slack.direct(user),
        message,
        action: { action_id: name, ...(value === undefined ? {} : { value }) },
        evenIf: true,
      });
    }
    const data = { ...(subject === undefined ? {} : { s: subject }), ...(version === undefined ? {} : { v: version }) };
    return scene.world.teams.press({ user, activity: message, evenIf: { verb: name, data } });
  };
}

type Press = Awaited<ReturnType<typeof prepareForgery>>;
const prepared = new WeakMap<Scene, Map<string, Press>>();

/** Presses a button that this person never saw, and tells what came of it. */
export async function forge(scene: Scene, person: string, button: ForgedButton): Promise<Outcome> {
  const known = prepared.get(scene) ?? new Map<string, Press>();
  prepared.set(scene, known);
  const press = known.get(person) ?? (await prepareForgery(scene, person));
  known.set(person, press);
  return scene.watch(person, () => press(button));
}

export type ForgedValue = string | readonly string[];
/** Parts of a submission that a person never sees. */
export interface Tampering {
  readonly session?: string;
  readonly form?: string;
}
export type Submit = (values: Readonly<Record<string, ForgedValue>>, tampering?: Tampering) => Promise<unknown>;

/** The form on top of this person's screen; the result sends any values with it. `opened` is its card, else a dialog. */
export function prepareSubmission(scene: Scene, person: string, opened: string | undefined): Submit {
  const user = scene.userOf(person);
  if (scene.platform === 'slack') {
    const view = scene.world.slack.views(user).at(-1)?.id ?? '';
    return (values, { session, form } = {}) =>
      scene.world.slack.submit({
        user,
        view,
        values: {},
        evenIf: true,
        forged: {
          state: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { field: elementOf(value) }])),
          ...(session === undefined ? {} : { private_metadata: JSON.stringify({ session }) }),
          ...(form === undefined ? {} : { callback_id: form }),
        },
      });
  }
  const { teams } = scene.world;
  const dialog = teams.dialogs(user).at(-1)?.id ?? '';
  return (values, { session, form } = {}) =>
    teams.submit({
      user,
      ...(opened === undefined ? { dialog } : { activity: opened }),
      values: {
        ...Object.fromEntries(Object.entries(values).map(([name, value]) => [`v-${name}`, value])),
        ...(session === undefined ? {} : { session }),
        ...(form === undefined ? {} : { form }),
      },
      evenIf: true,
    });
}

const elementOf = (value: ForgedValue): Record<string, unknown> =>
  typeof value === 'string'
    ? { type: 'plain_text_input', value }
    : { type: 'checkboxes', selected_options: value.map((one) => ({ value: one })) };

/** Opens a form with a command, and gives the way to submit it. */
export async function openForm(scene: Scene, person: string, command: string): Promise<Submit> {
  const screen = await scene.hand(person).types(command);
  return prepareSubmission(scene, person, screen.messages.at(-1)?.id);
}

/** The id of the form session on this person's screen. */
export function sessionOf(scene: Scene, person: string, opened?: string): string {
  const user = scene.userOf(person);
  const forms =
    scene.platform === 'slack'
      ? scene.world.slack.views(user).map((one) => one.view)
      : scene.world.teams.messages(scene.world.teams.chatOf(user) ?? '', user).filter(({ id }) => id === opened);
  const found = /"?session\\?":\\?"([0-9a-f-]{36})/.exec(JSON.stringify(forms));
  return found?.[1] ?? '';
}

/** What a refused form says: the sentences at its fields, or else the message that came instead. */
export function sentencesOf(scene: Scene, person: string, outcome: Outcome): readonly string[] {
  if (scene.platform === 'slack') {
    const open = scene.world.slack.views(scene.userOf(person)).at(-1);
    return open?.errors === undefined ? outcome.said.split('\n') : Object.values(open.errors).sort();
  }
  // A form refused twice for one reason reads the same twice: then it is the card or the dialog as it stands.
  const dialog = readCard(scene.world.teams.dialogs(scene.userOf(person)).at(-1)?.card);
  const standing = scene.hand(person).sees().at(-1)?.pieces ?? [];
  const lines = outcome.said === '' ? [...dialog, ...standing].flatMap(lineOf) : outcome.said.split('\n');
  const marked = lines.filter((line) => line.startsWith(mark)).map((line) => line.slice(mark.length));
  return marked.length > 0 ? marked.sort() : lines;
}

const lineOf = (piece: Piece): string[] => (piece.kind === 'text' ? [piece.text] : []);

/** Teams cannot show a sentence at its field by itself: the adapter draws it above (capabilities). */
const mark = 'Please check: ';
