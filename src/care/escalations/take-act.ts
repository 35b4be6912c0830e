import type { Ask } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { beginRun, climbLadder, findFresh } from './climb-ladder.ts';
import { findActable, openButton, type WhichEscalation } from './find-actable.ts';
import { acknowledgeBy, freeze, holdFrom, standStill } from './ladder.ts';
import { ladderFor, sceneOf } from './read-scene.ts';
import type { Escalation, Named } from './records.ts';
import { stateAfter, type EscalationAct } from './rules.ts';
import { saveChange, setTimers } from './save-change.ts';
import { everybodyTold, sendNews, tellBeside } from './tell-people.ts';
import { standingOf } from './find-actable.ts';

export interface Given {
  /** Coded: how it ended, and what follows. */
  readonly outcome?: string;
  readonly disposition?: string;
  /** Coded: why it is opened again. */
  readonly reason?: string;
  /** Sealed. */
  readonly words?: string | undefined;
}

export type Acted =
  | { readonly is: 'done'; readonly act: EscalationAct; readonly escalation: Escalation }
  | { readonly is: 'too-late'; readonly escalation: Escalation; readonly sentence: string };

/** What one person does with an escalation. Whoever comes second changes nothing and is told who was first. */
export async function takeAct(
  ask: Ask,
  which: WhichEscalation,
  wanted: EscalationAct,
  given: Given = {},
): Promise<Acted> {
  const found = await findActable(ask, which, wanted);
  if (found.is === 'too-late') {
    await setTimers(ask, found.escalation);
    return found;
  }
  const { escalation, act } = found;
  return { is: 'done', act, escalation: await effects[act](ask, escalation, given) };
}

/** The same where nothing was lost by asking again: in a form, whose words stay. */
export async function takeActOrRefuse(
  ask: Ask,
  which: WhichEscalation,
  act: EscalationAct,
  given: Given,
): Promise<Escalation> {
  const acted = await takeAct(ask, which, act, given);
  if (acted.is === 'done') return acted.escalation;
  throw new Refusal('already-done', `${acted.sentence} Nothing was changed by you.`, {
    offers: [openButton(acted.escalation.id)],
  });
}

type Effect = (ask: Ask, escalation: Escalation, given: Given) => Promise<Escalation>;

const me = ({ actor }: Ask): Named => ({ id: actor.person, name: actor.name });
/** How long whoever raised it holds the ladder, in milliseconds. */
const holdsFor = 15 * 60_000;
const others = (people: readonly string[], ask: Ask): readonly string[] =>
  people.filter((person) => person !== ask.actor.person);

const effects: Readonly<Record<EscalationAct, Effect>> = {
  async acknowledge(ask, escalation, { words }) {
    const scene = await sceneOf(ask, escalation);
    const late = ask.now > acknowledgeBy(escalation.frozen, scene.businessDay);
    const state = stateAfter('acknowledge', standingOf(escalation));
    const after = await saveChange(
      ask,
      escalation,
      {
        state,
        acknowledged: { by: me(ask), at: ask.now },
        owner: me(ask),
        late: escalation.late || late,
        ...(state === 'acknowledged' ? holdFrom(ask.now, escalation.frozen) : {}),
      },
      { act: 'acknowledge', detail: { run: escalation.frozen.run, late }, words },
    );
    await sendNews(ask, after, others([escalation.raisedBy.id], ask), 'escalation');
    return after;
  },

  async 'second-acknowledge'(ask, escalation) {
    const after = await saveChange(
      ask,
      escalation,
      { state: 'acknowledged', second: { by: me(ask), at: ask.now }, ...holdFrom(ask.now, escalation.frozen) },
      { act: 'second-acknowledge', detail: { run: escalation.frozen.run } },
    );
    await sendNews(ask, after, others([escalation.raisedBy.id], ask), 'escalation');
    return after;
  },

  async hold(ask, escalation) {
    const until = new Date(ask.now.getTime() + holdsFor);
    const frozen = standStill(escalation.frozen, escalation.step, until);
    const after = await saveChange(
      ask,
      escalation,
      { owner: me(ask), frozen },
      { act: 'hold', detail: { run: frozen.run, from: escalation.owner.id, until: frozen.nextAt } },
    );
    // It is not silent: whoever comes next knows of it from now on.
    for (const told of await findFresh(ask, after)) await tellBeside(ask, after, { ...told, reason: 'held' });
    return after;
  },

  async 'take-over'(ask, escalation) {
    const after = await saveChange(
      ask,
      escalation,
      {
        acknowledged: { by: me(ask), at: ask.now },
        // Whoever was the second and is the first now counts once.
        second: escalation.second?.by.id === ask.actor.person ? undefined : escalation.second,
        owner: me(ask),
        ...holdFrom(ask.now, escalation.frozen),
      },
      { act: 'take-over', detail: { from: escalation.owner.id } },
    );
    await sendNews(ask, after, others([escalation.owner.id, escalation.raisedBy.id], ask), 'escalation');
    return after;
  },

  keep: (ask, escalation) =>
    saveChange(ask, escalation, holdFrom(ask.now, escalation.frozen), {
      act: 'keep',
      detail: { run: escalation.frozen.run },
    }),

  'add-note': (ask, escalation, { words }) => saveChange(ask, escalation, {}, { act: 'add-note', detail: {}, words }),

  async 'escalate-further'(ask, escalation) {
    const scene = await sceneOf(ask, escalation);
    return climbLadder(ask, escalation, scene, { planned: ask.now, by: ask.actor.person });
  },

  async resolve(ask, escalation, { outcome = '', disposition = '', words }) {
    const taken = escalation.acknowledged ?? { by: me(ask), at: ask.now };
    const scene = await sceneOf(ask, escalation);
    const late = escalation.acknowledged === undefined && ask.now > acknowledgeBy(escalation.frozen, scene.businessDay);
    const after = await saveChange(
      ask,
      escalation,
      {
        state: 'resolved',
        acknowledged: taken,
        owner: escalation.state === 'acknowledged' ? escalation.owner : me(ask),
        remindAt: undefined,
        expiresAt: undefined,
        late: escalation.late || late,
        resolved: { by: me(ask), at: ask.now, outcome, disposition },
      },
      { act: 'resolve', detail: { run: escalation.frozen.run, outcome, disposition }, words },
    );
    await sendNews(ask, after, others(everybodyTold(escalation), ask));
    return after;
  },

  async reopen(ask, escalation, { reason = '', words }) {
    const scene = await sceneOf(ask, escalation);
    // A new beginning takes the ladder as it is written today.
    const ladder = ladderFor(scene, escalation.severity);
    const frozen = freeze(ladder, escalation.frozen.run + 1, ask.now, scene.businessDay);
    return beginRun(ask, escalation, scene, {
      frozen,
      happened: { act: 'reopen', detail: { run: frozen.run, reason }, words },
    });
  },
};
