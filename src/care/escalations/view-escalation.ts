import { allows } from '../../access/policy.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Ask } from '../../chat/feature.ts';
import { relationTo } from '../clients/rules.ts';
import { handOf, unknownEscalation, wasTold } from './find-actable.ts';
import { sceneOf, whomNext, type Scene } from './read-scene.ts';
import { findEscalation, type Escalation, type Named } from './records.ts';
import type { Hand } from './rules.ts';

/** Who comes next, and when. */
export interface Next {
  readonly who: Named;
  readonly at: Date;
  /** They were told before, and are called again. */
  readonly again: boolean;
  /** Then: the first after them who does not know of it yet. */
  readonly then: { readonly who: Named; readonly at: Date } | undefined;
}

/** An escalation as one reader may see it. */
export interface SeenEscalation {
  readonly escalation: Escalation;
  /** As it stands now. */
  readonly scene: Scene;
  readonly next: Next | undefined;
  readonly hand: Hand;
  /** False: the code only, never a label. */
  readonly seesClient: boolean;
  /** People who work with the client, who raised it, and whom it told. */
  readonly readsWords: boolean;
}

/** Who is told next if nobody takes it: of those the next step names, somebody who does not know of it yet. */
async function findNext(ask: Ask, escalation: Escalation): Promise<Next | undefined> {
  if (escalation.state !== 'raised') return undefined;
  const { frozen, step, notices } = escalation;
  const at = new Date(frozen.nextAt);
  const scene = await sceneOf(ask, escalation, at > ask.now ? at : ask.now);
  const named = (id: string): Named => ({ id, name: scene.names.get(id) ?? id });
  const known = new Set(step === 0 ? [] : notices.flatMap(({ person }) => (person === undefined ? [] : [person.id])));
  const toldBy = (done: number): readonly string[] =>
    whomNext(scene, { ...escalation, step: done }).map(({ person }) => person);
  const fresh = toldBy(step).find((person) => !known.has(person));
  const who = fresh ?? toldBy(step)[0];
  if (who === undefined) return undefined;
  const next = { who: named(who), at, again: fresh === undefined };
  if (fresh !== undefined) return { ...next, then: undefined };
  for (let done = step + 1; done < frozen.steps.length; done += 1) {
    const later = toldBy(done).find((person) => !known.has(person));
    const planned = frozen.at[done];
    if (later !== undefined && planned !== undefined) {
      return { ...next, then: { who: named(later), at: new Date(planned) } };
    }
  }
  return { ...next, then: undefined };
}

/** What of an escalation this reader may see; a place that several people read has nobody's rights. */
export async function viewEscalation(ask: Ask, escalation: Escalation): Promise<SeenEscalation> {
  const scene = await sceneOf(ask, escalation);
  const hand = handOf(ask, escalation);
  const { client } = scene;
  const seesClient = client !== undefined && allows(ask.actor, 'client.see', relationTo(ask.actor, client));
  const { person } = ask.actor;
  const ofTeam = client === undefined && hand.answers && ask.actor.team === escalation.team;
  const involved = hand.raised || escalation.owner.id === person || wasTold(escalation, person);
  return {
    escalation,
    scene,
    next: await findNext(ask, escalation),
    hand,
    seesClient,
    readsWords: seesClient || ofTeam || involved,
  };
}

/** The escalation for one person: whoever may take one, works with the client, raised it or was told of it. */
export async function findSeen(ask: Ask, id: string): Promise<SeenEscalation> {
  const escalation = await findEscalation(ask.tx, id);
  if (escalation === undefined) throw unknownEscalation();
  const seen = await viewEscalation(ask, escalation);
  if (!seen.hand.answers && !seen.readsWords) throw unknownEscalation();
  return seen;
}

/** The same as somebody opens it: on record. */
export async function openSeen(ask: Ask, id: string): Promise<SeenEscalation> {
  const seen = await findSeen(ask, id);
  await recordEvent(ask.tx, {
    actor: ask.actor.person,
    verb: 'escalation.see',
    subjectKind: 'escalation',
    subjectId: id,
    detail: { client: seen.scene.client?.code ?? null },
    at: ask.now,
  });
  return seen;
}
