import { isSelf, requirePerson } from '../../access/actor.ts';
import type { Work } from '../../feature/feature.ts';
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
  work: Work,
  which: WhichEscalation,
  wanted: EscalationAct,
  given: Given = {},
): Promise<Acted> {
  const found = await findActable(work, which, wanted);
  if (found.is === 'too-late') {
    await setTimers(work, found.escalation);
    return found;
  }
  const { escalation, act } = found;
  return { is: 'done', act, escalation: await effects[act](work, escalation, given) };
}

/** The same where nothing was lost by asking again: in a form, whose words stay. */
export async function takeActOrRefuse(
  work: Work,
  which: WhichEscalation,
  act: EscalationAct,
  given: Given,
): Promise<Escalation> {
  const acted = await takeAct(work, which, act, given);
  if (acted.is === 'done') return acted.escalation;
  throw new Refusal('already-done', `${acted.sentence} Nothing was changed by you.`, {
    offers: [openButton(acted.escalation.id)],
  });
}

type Effect = (work: Work, escalation: Escalation, given: Given) => Promise<Escalation>;

const me = ({ actor }: Work): Named => {
  const { person, name } = requirePerson(actor);
  return { id: person, name };
};
/** How long whoever raised it holds the ladder, in milliseconds. */
const holdsFor = 15 * 60_000;
const others = (people: readonly string[], work: Work): readonly string[] =>
  people.filter((person) => !isSelf(work.actor, person));

const effects: Readonly<Record<EscalationAct, Effect>> = {
  async acknowledge(work, escalation, { words }) {
    const scene = await sceneOf(work, escalation);
    const late = work.now > acknowledgeBy(escalation.frozen, scene.businessDay);
    const state = stateAfter('acknowledge', standingOf(escalation));
    const after = await saveChange(
      work,
      escalation,
      {
        state,
        acknowledged: { by: me(work), at: work.now },
        owner: me(work),
        late: escalation.late || late,
        ...(state === 'acknowledged' ? holdFrom(work.now, escalation.frozen) : {}),
      },
      { act: 'acknowledge', detail: { run: escalation.frozen.run, late }, words },
    );
    await sendNews(work, after, others([escalation.raisedBy.id], work), 'escalation');
    return after;
  },

  async 'second-acknowledge'(work, escalation) {
    const after = await saveChange(
      work,
      escalation,
      { state: 'acknowledged', second: { by: me(work), at: work.now }, ...holdFrom(work.now, escalation.frozen) },
      { act: 'second-acknowledge', detail: { run: escalation.frozen.run } },
    );
    await sendNews(work, after, others([escalation.raisedBy.id], work), 'escalation');
    return after;
  },

  async hold(work, escalation) {
    const until = new Date(work.now.getTime() + holdsFor);
    const frozen = standStill(escalation.frozen, escalation.step, until);
    const after = await saveChange(
      work,
      escalation,
      { owner: me(work), frozen },
      { act: 'hold', detail: { run: frozen.run, from: escalation.owner.id, until: frozen.nextAt } },
    );
    // It is not silent: whoever comes next knows of it from now on.
    for (const told of await findFresh(work, after)) await tellBeside(work, after, { ...told, reason: 'held' });
    return after;
  },

  async 'take-over'(work, escalation) {
    const after = await saveChange(
      work,
      escalation,
      {
        acknowledged: { by: me(work), at: work.now },
        // Whoever was the second and is the first now counts once.
        second: isSelf(work.actor, escalation.second?.by.id) ? undefined : escalation.second,
        owner: me(work),
        ...holdFrom(work.now, escalation.frozen),
      },
      { act: 'take-over', detail: { from: escalation.owner.id } },
    );
    await sendNews(work, after, others([escalation.owner.id, escalation.raisedBy.id], work), 'escalation');
    return after;
  },

  keep: (work, escalation) =>
    saveChange(work, escalation, holdFrom(work.now, escalation.frozen), {
      act: 'keep',
      detail: { run: escalation.frozen.run },
    }),

  'add-note': (work, escalation, { words }) => saveChange(work, escalation, {}, { act: 'add-note', detail: {}, words }),

  async 'escalate-further'(work, escalation) {
    const scene = await sceneOf(work, escalation);
    return climbLadder(work, escalation, scene, { planned: work.now, by: requirePerson(work.actor).person });
  },

  async resolve(work, escalation, { outcome = '', disposition = '', words }) {
    const taken = escalation.acknowledged ?? { by: me(work), at: work.now };
    const scene = await sceneOf(work, escalation);
    const late =
      escalation.acknowledged === undefined && work.now > acknowledgeBy(escalation.frozen, scene.businessDay);
    const after = await saveChange(
      work,
      escalation,
      {
        state: 'resolved',
        acknowledged: taken,
        owner: escalation.state === 'acknowledged' ? escalation.owner : me(work),
        remindAt: undefined,
        expiresAt: undefined,
        late: escalation.late || late,
        resolved: { by: me(work), at: work.now, outcome, disposition },
      },
      { act: 'resolve', detail: { run: escalation.frozen.run, outcome, disposition }, words },
    );
    await sendNews(work, after, others(everybodyTold(escalation), work));
    return after;
  },

  async reopen(work, escalation, { reason = '', words }) {
    const scene = await sceneOf(work, escalation);
    // A new beginning takes the ladder as it is written today.
    const ladder = ladderFor(scene, escalation.severity);
    const frozen = freeze(ladder, escalation.frozen.run + 1, work.now, scene.businessDay);
    return beginRun(work, escalation, scene, {
      frozen,
      happened: { act: 'reopen', detail: { run: frozen.run, reason }, words },
    });
  },
};
