import { isSelf, personOf } from '../../access/actor.ts';
import { allows } from '../../access/policy.ts';
import type { Button } from '../../chat/card.ts';
import type { Work } from '../../feature/feature.ts';
import { localTime } from '../../calendar/zones.ts';
import { Refusal } from '../../chat/refusal.ts';
import { describeOutcome } from './escalation-words.ts';
import type { Escalation } from './records.ts';
import { canAct, mayAct, needsSameVersion, type EscalationAct, type Hand, type Standing } from './rules.ts';
import { takeEscalation } from './save-change.ts';

export const listButton: Button = { action: 'escalations.list', label: 'Open escalations' };
export const openButton = (escalation: string): Button => ({
  action: 'escalations.show',
  label: 'Open',
  subject: escalation,
});

export interface WhichEscalation {
  readonly id: string;
  readonly version?: number | undefined;
}

export const unknownEscalation = (): Refusal =>
  new Refusal('unknown-button', 'I cannot find that escalation here. Please open your list again.', {
    offers: [listButton],
    denial: true,
  });

/**
 * Told at all, for whatever reason but that they raised it: they may act on it. What it opens is asked of `told-rules.ts`,
 * where being told counts only when nobody could bring it about for themselves.
 */
export const wasTold = ({ notices }: Pick<Escalation, 'notices'>, person: string | undefined): boolean =>
  person !== undefined && notices.some((notice) => notice.person?.id === person && notice.reason !== 'raiser');

/**
 * Who this person is to an escalation. Whoever of the care team may take it; and whoever the ladder itself told, so
 * that the last human of a ladder, an administrator perhaps, is never one who may not take it.
 */
export function handOf(work: Pick<Work, 'actor'>, escalation: Pick<Escalation, 'notices' | 'raisedBy'>): Hand {
  const person = personOf(work.actor);
  return {
    person,
    answers: allows(work.actor, 'escalation.answer', 'organisation') || wasTold(escalation, person),
    raised: escalation.raisedBy.id === person,
    told: wasTold(escalation, person),
  };
}

export const standingOf = ({ state, frozen, acknowledged, second, step, events }: Escalation): Standing => ({
  state,
  needsTwo: frozen.needsTwo,
  acknowledgedBy: acknowledged?.by.id,
  secondBy: second?.by.id,
  holdable: step > 0 && !events.some(({ act, detail }) => act === 'hold' && detail['run'] === frozen.run),
});

export type Actable =
  | { readonly is: 'actable'; readonly escalation: Escalation; readonly act: EscalationAct }
  /** Somebody was first, or the card was an older one: what happened, in words. Nothing was changed. */
  | { readonly is: 'too-late'; readonly escalation: Escalation; readonly sentence: string };

/** The escalation, locked, when this person may do this now. An act that is not theirs is refused and on record. */
export async function findActable(work: Work, which: WhichEscalation, wanted: EscalationAct): Promise<Actable> {
  const escalation = await takeEscalation(work, which.id);
  if (escalation === undefined) throw unknownEscalation();
  const hand = handOf(work, escalation);
  if (!mayAct(wanted, hand)) {
    throw new Refusal('not-allowed', 'Your role does not answer escalations, so nothing was changed by you.', {
      denial: true,
    });
  }
  const standing = standingOf(escalation);
  // One button for both: whoever comes second where two are needed is the second.
  const act = wanted === 'acknowledge' && canAct('second-acknowledge', standing, hand) ? 'second-acknowledge' : wanted;
  const stale = needsSameVersion(act) && which.version !== undefined && which.version !== escalation.version;
  if (canAct(act, standing, hand) && !stale) return { is: 'actable', escalation, act };
  return { is: 'too-late', escalation, sentence: whatHappened(work, escalation) };
}

/** `Maya Torres took it at 14:21.` */
export function whatHappened(work: Pick<Work, 'actor'>, escalation: Escalation): string {
  const { acknowledged, second, resolved, state, owner, frozen, raisedBy } = escalation;
  const said = ({ by, at }: { by: { id: string; name: string }; at: Date }, verb: string): string =>
    `${isSelf(work.actor, by.id) ? 'You' : by.name} ${verb} it at ${localTime(at, work.actor.zone)}`;
  if (resolved !== undefined) return `${said(resolved, 'resolved')}: ${describeOutcome(resolved.outcome)}.`;
  if (state === 'acknowledged' && acknowledged !== undefined) {
    const both = second === undefined ? '' : `, and ${isSelf(work.actor, second.by.id) ? 'you' : second.by.name} too`;
    return `${said(acknowledged, 'took')}${both}.`;
  }
  if (acknowledged !== undefined) return `${said(acknowledged, 'took')}. A second person is needed.`;
  const next = localTime(new Date(frozen.nextAt), work.actor.zone);
  // Who raised it may not work with the client: whose turn it is stays with those it told.
  if (isSelf(work.actor, raisedBy.id)) return `Nobody has taken it yet; the next step is at ${next}.`;
  return `It waits on ${isSelf(work.actor, owner.id) ? 'you' : owner.name} now; the next step is at ${next}.`;
}
