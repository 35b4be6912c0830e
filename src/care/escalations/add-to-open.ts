import { requirePerson } from '../../access/actor.ts';
import { allows } from '../../access/policy.ts';
import type { Work } from '../../feature/feature.ts';
import type { Client } from '../clients/find-allowed-client.ts';
import { relationTo } from '../clients/rules.ts';
import { climbLadder } from './climb-ladder.ts';
import { unsaid } from './escalation-words.ts';
import { listOpenAbout } from './list-records.ts';
import { answerWithin } from './ladder.ts';
import { findRaised, raiseEscalation, type EscalationToRaise, type RaisedNow } from './raise-escalation.ts';
import { sceneOf } from './read-scene.ts';
import { findEscalation, type Escalation } from './records.ts';
import { severitySchema, type Severity } from './rules.ts';
import { saveChange, setTimers, takeEscalation } from './save-change.ts';
import { whoHasIt } from './who-has-it.ts';
import { tellBeside } from './tell-people.ts';
import { wasToldByLadder } from './told-rules.ts';

const rank = (severity: Severity): number => severitySchema.options.indexOf(severity);

/**
 * What is open about a client and may be named to this person: who sees the client or was told of it by the ladder.
 * Somebody else must not learn from an answer that there is one, not even who raised it about a code they do not work
 * with and was called again because their own acknowledgement ran out. The most severe first, then what nobody has.
 */
export async function listKnownOpen(work: Work, client: Client): Promise<readonly Escalation[]> {
  const { person } = requirePerson(work.actor);
  const sees = allows(work.actor, 'client.see', relationTo(work.actor, client));
  return (await listOpenAbout(work.tx, client.id))
    .filter((one) => sees || wasToldByLadder(one, person))
    .toSorted(
      (a, b) =>
        rank(a.severity) - rank(b.severity) ||
        Number(b.state === 'raised') - Number(a.state === 'raised') ||
        a.raisedAt.getTime() - b.raisedAt.getTime(),
    );
}

export interface Raised extends Pick<RaisedNow, 'escalation'>, Partial<Pick<RaisedNow, 'scene'>> {
  /** `added`: one as severe was open already; this is added to it, and its people were told again. */
  readonly is: 'raised' | 'added';
}

/**
 * Raises an escalation, or adds it to the one that is open about the same client already. Either way somebody is rung
 * at once: one that is more severe than what is open never waits for a question, and one that is not is never swallowed.
 */
export async function raiseOrAdd(work: Work, given: EscalationToRaise): Promise<Raised> {
  const client = given.client === undefined ? undefined : await findRaised(work, given.client);
  const open = client === undefined || client.status === 'deceased' ? [] : await listKnownOpen(work, client);
  const found = open.find(({ severity }) => rank(severity) <= rank(given.severity));
  const taken = found === undefined ? undefined : await takeEscalation(work, found.id);
  if (taken === undefined || taken.state === 'resolved') {
    if (taken !== undefined) await setTimers(work, taken);
    return { is: 'raised', ...(await raiseEscalation(work, given)) };
  }
  return { is: 'added', escalation: await addTo(work, taken, given) };
}

/**
 * One of its own beside the one that is open: nothing stands between a worry and a ladder. It belongs to the last time
 * this person's was added to one that is open: pressed again, it is the same one.
 */
export async function raiseAnother(
  work: Work,
  { client, severity }: { readonly client: string; readonly severity: Severity },
): Promise<Escalation> {
  const { person } = requirePerson(work.actor);
  const mine = ({ act, by }: Escalation['events'][number]): boolean => act === 'add' && by === person;
  const [last] = (await listOpenAbout(work.tx, client))
    .flatMap(({ id, events }) => events.filter(mine).map(({ at }) => ({ id, at })))
    .toSorted((a, b) => b.at.getTime() - a.at.getTime());
  // Whoever presses twice at once waits here, and then sees what the first press raised.
  const held = last === undefined ? undefined : await takeEscalation(work, last.id);
  if (held !== undefined) await setTimers(work, held);
  const raised =
    last === undefined
      ? undefined
      : (await listOpenAbout(work.tx, client)).find(
          // One that is graver was never asked for before: it is swallowed by none.
          (one) =>
            one.id !== last.id && one.raisedBy.id === person && one.severity === severity && one.raisedAt >= last.at,
        );
  return raised ?? (await raiseEscalation(work, { client: { id: client }, severity })).escalation;
}

async function addTo(work: Work, escalation: Escalation, given: EscalationToRaise): Promise<Escalation> {
  const words = [given.about, given.note].filter((text) => text !== undefined).join('\n') || undefined;
  const { frozen } = escalation;
  const after = await saveChange(work, escalation, askWhoHasIt(work, escalation), {
    act: 'add',
    detail: { run: frozen.run, severity: given.severity, reason: given.reason ?? unsaid },
    words,
  });
  const { person } = requirePerson(work.actor);
  if (whoHasIt(escalation, work.now).is === 'in-hand') {
    // A second alarm is no matter of one person any more.
    const scene = await sceneOf(work, escalation);
    await climbLadder(work, after, scene, { planned: work.now, by: person });
  } else {
    for (const one of currentPeople(escalation)) {
      if (one !== person) await tellBeside(work, after, { person: one, reason: 'added' });
    }
  }
  await tellBeside(work, after, { person, reason: 'raiser' });
  const read = await findEscalation(work.tx, escalation.id);
  if (read === undefined) throw new Error('an escalation that was just added to cannot be read');
  return read;
}

/**
 * Whoever has it may have put it aside: they say anew that it is still with them, in the time there is to take one, or
 * the ladder begins again.
 */
function askWhoHasIt(work: Work, { state, expiresAt, frozen }: Escalation): Partial<Escalation> {
  const within = answerWithin(frozen);
  if (state !== 'acknowledged' || within === undefined) return {};
  const by = new Date(work.now.getTime() + within);
  return expiresAt !== undefined && expiresAt <= by ? {} : { remindAt: undefined, expiresAt: by };
}

/** Who has it; else those the ladder told last, and who answers for it. */
function currentPeople({ acknowledged, second, notices, step, owner, state }: Escalation): readonly string[] {
  const holders = [acknowledged, second].flatMap((one) => (one === undefined ? [] : [one.by.id]));
  if (state === 'acknowledged') return [...new Set(holders)];
  const told = notices.flatMap((one) =>
    one.person !== undefined && one.step === step && step > 0 ? [one.person.id] : [],
  );
  return [...new Set([...holders, ...told, owner.id])];
}
