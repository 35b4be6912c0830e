import type { Actor } from '../../src/access/actor.ts';
import { collectedFeatures } from '../../src/app.ts';
import type { CollectedFeatures } from '../../src/chat/collect-features.ts';
import { createAsk } from '../../src/chat/create-ask.ts';
import { createReading } from '../../src/chat/create-reading.ts';
import type { Ask } from '../../src/chat/feature.ts';
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
  given: Partial<Actor> & {
    readonly audience?: Ask['audience'];
    readonly refreshed?: (copy: string) => void;
    /** What a noun of the test's own has due. */
    readonly due?: CollectedFeatures['due'];
  } = {},
): Ask {
  const { audience = 'person', refreshed, due, ...actor } = given;
  const who: Actor = {
    organisation: tx.organisation,
    person: 'maya',
    name: 'Maya Torres',
    roles: ['coordinator'],
    team: 'east',
    zone: 'America/New_York',
    ...actor,
  };
  return createAsk({
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
