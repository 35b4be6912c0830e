import type { Actor, PersonActor } from '../../src/access/actor.ts';
import { byPerson, bySystem } from '../../src/doer.ts';
import { collectedFeatures } from '../../src/app.ts';
import type { CollectedFeatures } from '../../src/feature/collect-features.ts';
import { createWork } from '../../src/feature/create-work.ts';
import { createReading } from '../../src/feature/create-reading.ts';
import type { Work } from '../../src/feature/feature.ts';
import { localDate } from '../../src/calendar/zones.ts';
import { enqueuePost, refreshCopies } from '../../src/delivery/outbox.ts';
import { setTimer } from '../../src/schedule/timers.ts';
import type { OrganisationTransaction } from '../../src/store/transaction.ts';
import { alsoDue } from '../helpers/also-due.ts';

const workingDays = new Set(['mon', 'tue', 'wed', 'thu', 'fri']);

/** What a person of the sample organisation may do and see, as the dispatcher would give it to a use case. */
export function askOf(
  tx: OrganisationTransaction,
  now: Date,
  given: Partial<Omit<PersonActor, 'kind'>> & {
    readonly audience?: Work['audience'];
    readonly refreshed?: (copy: string) => void;
    /** What a noun of the test's own has due. */
    readonly due?: CollectedFeatures['due'];
  } = {},
): Work {
  const { audience = 'person', refreshed, due, ...actor } = given;
  const who: Actor = {
    ...(audience === 'place' ? bySystem : { ...byPerson('maya'), name: 'Maya Torres' }),
    organisation: tx.organisation,
    roles: audience === 'place' ? [] : ['coordinator'],
    team: 'east',
    zone: 'America/New_York',
    ...actor,
  };
  return createWork({
    features: alsoDue(collectedFeatures, due),
    tx,
    actor: who,
    now,
    reading: createReading({ dateOrder: undefined, workingDays, closures: new Set() }, localDate(now, who.zone)),
    privacy: { privacy: 'minimal', label: 'initials-and-birth-year', namesInForms: false },
    platform: 'slack',
    place: { id: 'D1', kind: 'direct' },
    audience,
    outbox: {
      post: enqueuePost,
      wake: setTimer,
      async refresh(open, kind, subject) {
        refreshed?.(`${kind} ${subject}`);
        await refreshCopies(open, kind, subject);
      },
    },
  });
}
