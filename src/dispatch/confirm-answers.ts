import { describeCause } from '../describe-cause.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import { leaveTrail } from '../trail.ts';
import { confirmAnswers, type AnswerRef } from './answer-records.ts';
import { isWaitedFor, type AnswerPart, type Confirm, type Reply } from '../chat/reply.ts';

/** How long a platform may take to take an answer, in milliseconds of the product's clock. */
export const answersWithin = 10_000;
/** Milliseconds within which confirmations are gathered: one statement an organisation, beside the commands. */
const gathered = 500;
/** Remembered while the database does not answer; what is dropped then is told twice, which is better than not at all. */
const most = 10_000;
const afterFailure = 2_000;

interface Ref extends AnswerRef {
  readonly organisation: string;
}
interface Told extends Ref {
  readonly left: AnswerPart | undefined;
}

export interface Answers {
  /** Remembers whose answer a reply is; hands back the reply to give to the adapter. */
  readonly given: (reply: Reply, of: Ref) => Reply;
  readonly confirm: Confirm;
  /** Writes what was confirmed so far. */
  readonly flush: () => Promise<void>;
}

/** Which answers have arrived, recorded in batches: no command waits for it, and none carries it. */
export function createAnswers(ports: {
  readonly store: Pick<Store, 'inOrganisation'>;
  readonly clock: Pick<Clock, 'pause'>;
  readonly log: Log;
}): Answers {
  const { store, clock, log } = ports;
  const refs = new WeakMap<Reply, Ref>();
  let waiting = new Map<string, Told>();
  let planned = false;
  let writing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    // In one order everywhere, so that two processes never wait for each other's rows in a circle.
    const told = [...waiting].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
    waiting = new Map();
    for (const organisation of new Set(told.map((one) => one.organisation))) {
      const ours = told.filter((one) => one.organisation === organisation);
      try {
        await store.inOrganisation(organisation, (tx) => confirmAnswers(tx, ours));
      } catch (error) {
        log.warn('answers.not-confirmed', describeCause(error));
        // What was said of one since counts.
        for (const one of ours) if (waiting.size < most && !waiting.has(keyOf(one))) waiting.set(keyOf(one), one);
        plan(afterFailure);
      }
    }
  }
  const flush = (): Promise<void> => (writing = writing.then(write));
  function plan(milliseconds: number): void {
    if (planned) return;
    planned = true;
    leaveTrail(() => {
      void clock.pause(milliseconds).then(() => {
        planned = false;
        return flush();
      });
    });
  }
  return {
    given(reply, of) {
      if (!isWaitedFor(reply)) return reply;
      // A use case may give the same value to several people at once; each of them gets one of their own.
      const own = { ...reply };
      refs.set(own, of);
      return own;
    },
    confirm(reply, left) {
      const of = refs.get(reply);
      if (of === undefined) return;
      waiting.set(keyOf(of), { ...of, left });
      plan(gathered);
    },
    flush,
  };
}

const keyOf = ({ organisation, workspace, delivery }: Ref): string => `${organisation}/${workspace}/${delivery}`;
