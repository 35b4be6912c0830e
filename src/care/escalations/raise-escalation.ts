import { requirePerson } from '../../access/actor.ts';
import type { Work } from '../../feature/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { findAllowedClient, type Client } from '../clients/find-allowed-client.ts';
import { climbLadder, named } from './climb-ladder.ts';
import { aboutNotSaid, unsaid, type Reason } from './escalation-words.ts';
import { freeze } from './ladder.ts';
import { ladderFor, readScene, whomNext, type Scene } from './read-scene.ts';
import { findEscalation, type Escalation } from './records.ts';
import type { Severity } from './rules.ts';
import { recordHappened, setTimers } from './save-change.ts';
import { tellBeside } from './tell-people.ts';
import { insertEscalation } from './write-records.ts';

export interface EscalationToRaise {
  /** A code that leads nowhere is no reason to wait either: it is raised about that code. */
  readonly client?: { readonly code: string } | { readonly id: string } | undefined;
  /** Words for who it is about, when that is nobody of the list. */
  readonly about?: string | undefined;
  readonly severity: Severity;
  readonly reason?: Reason | undefined;
  readonly note?: string | undefined;
}

/** One that was just raised, and how things stand with its team and client. */
export interface RaisedNow {
  readonly escalation: Escalation;
  readonly scene: Scene;
}

/**
 * Raises an escalation: whoever works here may, about anybody, whatever the client's team, status, consent or tags.
 * In one transaction it has a named human, those of the first step are told, and it is all on record. Nothing but a
 * forged client can refuse it.
 */
export async function raiseEscalation(work: Work, given: EscalationToRaise): Promise<RaisedNow> {
  const client = given.client === undefined ? undefined : await findRaised(work, given.client);
  const unknownCode =
    client === undefined && given.client !== undefined && 'code' in given.client ? given.client.code : undefined;
  const raisedBy = requirePerson(work.actor).person;
  const team = client?.team ?? work.actor.team;
  const scene = await readScene(work, { team, client: client?.id, raisedBy }, work.now);
  const frozen = freeze(ladderFor(scene, given.severity), 1, work.now, scene.businessDay);
  const id = work.tx.ids.uuid();
  const first = whomNext(scene, { frozen, step: 0, state: 'raised', acknowledged: undefined })[0]?.person ?? raisedBy;
  const reason = given.reason ?? unsaid;
  await insertEscalation(
    work.tx,
    {
      ...{ id, client: client?.id, team, severity: given.severity, reason, raisedBy, frozen, owner: first },
      ...wordsOf(given, client, unknownCode),
      unknownCode,
    },
    work.now,
  );
  await recordHappened(
    work,
    { id, client: client?.id },
    {
      act: 'raise',
      detail: {
        severity: given.severity,
        reason,
        team,
        owner: named(scene, first).id,
        nobodyOnDuty: scene.nobodyOnDuty,
        ...(unknownCode === undefined ? {} : { unknownCode }),
      },
    },
  );
  const raised = await read(work, id);
  if (new Date(frozen.nextAt) <= work.now) {
    await climbLadder(work, raised, scene, { planned: new Date(frozen.nextAt), by: undefined });
  } else {
    await setTimers(work, raised);
    await work.publish('due.changed', { team, people: [first] });
  }
  await tellBeside(work, raised, { person: raisedBy, reason: 'raiser' });
  return { escalation: await read(work, id), scene };
}

/** Whose code it is, wherever they are; nobody for a code that leads nowhere. An id that does was forged. */
export async function findRaised(
  work: Work,
  which: { readonly code: string } | { readonly id: string },
): Promise<Client | undefined> {
  if ('id' in which) return findAllowedClient(work, 'escalation.raise', which);
  try {
    return await findAllowedClient(work, 'escalation.raise', which);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** Exactly one says who it is about; words beside a client, or beside a code that leads nowhere, are kept with the note. */
function wordsOf(
  { about, note }: EscalationToRaise,
  client: Client | undefined,
  unknownCode: string | undefined,
): { readonly about: string | undefined; readonly note: string | undefined } {
  if (client === undefined && unknownCode === undefined) return { about: about ?? aboutNotSaid, note };
  return {
    about: unknownCode,
    note: [about, note].filter((text) => text !== undefined).join('\n') || undefined,
  };
}

async function read(work: Work, id: string): Promise<Escalation> {
  const found = await findEscalation(work.tx, id);
  if (found === undefined) throw new Error('an escalation that was just written cannot be read');
  return found;
}
