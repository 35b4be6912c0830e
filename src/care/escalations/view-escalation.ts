import { allows } from '../../access/policy.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Work } from '../../feature/feature.ts';
import { relationTo } from '../clients/rules.ts';
import { recordNoteRead, wordsStand } from '../clients/typed-words.ts';
import { handOf, unknownEscalation } from './find-actable.ts';
import { hideFromRaiser } from './hide-from-raiser.ts';
import { findAccess, type Access } from './read-access.ts';
import { readableWords } from './readable-words.ts';
import { readSceneAgain, sceneOf, whomNext, type Scene } from './read-scene.ts';
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
  /** As it will stand when its ladder goes on; undefined where it does not, or where this reader sees nothing of it. */
  readonly ahead: Scene | undefined;
  readonly hand: Hand;
  /** False: the code only, never a label. */
  readonly seesClient: boolean;
  /** How far it opens for this reader. */
  readonly access: Access;
  /** Whose words stand on this card: of a message that was sent, often nobody's. */
  readonly words: Access['words'] | 'none';
  /** Raised by this reader about a code they do not work with: no card tells whether it leads anywhere. */
  readonly hidden: boolean;
}

/** Who is told next if nobody takes it: of those the next step names, somebody who does not know of it yet. */
function findNext(escalation: Escalation, scene: Scene): Next | undefined {
  const { frozen, step, notices } = escalation;
  const at = new Date(frozen.nextAt);
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

/** While nobody has it: the scene of the next step's moment, which is now where that has passed. */
async function lookAhead(work: Work, { state, frozen }: Escalation, scene: Scene): Promise<Scene | undefined> {
  if (state !== 'raised') return undefined;
  const at = new Date(frozen.nextAt);
  return at > work.now ? readSceneAgain(work, scene, at) : scene;
}

/**
 * What of an escalation this reader may see; a place that several people read has nobody's rights. `opened`: they asked
 * for it at this moment, so that words may stand on it. `known`: its scene at this moment, where that was read already.
 */
export async function viewEscalation(
  work: Work,
  escalation: Escalation,
  opened = false,
  known?: Scene,
): Promise<SeenEscalation> {
  const scene = known ?? (await sceneOf(work, escalation));
  const hand = handOf(work, escalation);
  const { client } = scene;
  const seesClient = client !== undefined && allows(work.actor, 'client.see', relationTo(work.actor, client));
  const access = await findAccess(work, escalation, scene, seesClient);
  const words = work.audience === 'person' && wordsStand(work.privacy, opened) ? access.words : 'none';
  const code = client?.code ?? escalation.unknownCode;
  const hidden = hand.raised && code !== undefined && access.words === 'own' && access.reach !== 'break-glass';
  if (hidden) {
    const shown = await hideFromRaiser(work, escalation, code);
    return { ...shown, next: undefined, ahead: undefined, hand, seesClient, access, words, hidden };
  }
  const ahead = await lookAhead(work, escalation, scene);
  const next = ahead === undefined ? undefined : findNext(escalation, ahead);
  return { escalation, scene, next, ahead, hand, seesClient, access, words, hidden };
}

/** The escalation for one person: whoever may take one, works with the client, raised it or was told of it. */
export async function findSeen(work: Work, id: string, opened = false): Promise<SeenEscalation> {
  const escalation = await findEscalation(work.tx, id);
  if (escalation === undefined) throw unknownEscalation();
  const seen = await viewEscalation(work, escalation, opened);
  if (!seen.hand.answers && !seen.hand.raised && seen.access.words !== 'all') throw unknownEscalation();
  return seen;
}

/** The same as somebody opens it: on record, and with it that they read its words. */
export async function openSeen(work: Work, id: string): Promise<SeenEscalation> {
  const seen = await findSeen(work, id, true);
  const code = seen.scene.client?.code ?? seen.escalation.unknownCode;
  await recordEvent(work.tx, {
    actor: work.actor,
    verb: 'escalation.see',
    subjectKind: 'escalation',
    subjectId: id,
    detail: { client: code ?? null },
    at: work.now,
  });
  if (readableWords(seen).length > 0) await recordNoteRead(work, { kind: 'escalation', id, code });
  return seen;
}
