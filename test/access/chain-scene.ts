import { byPerson, bySystem } from '../../src/doer.ts';
import type { Role } from '../../src/access/roles.ts';
import { collectedFeatures } from '../../src/app.ts';
import { passEscalation, handOverEscalations } from '../../src/care/escalations/hand-over.ts';
import { watchAcknowledgement } from '../../src/care/escalations/expire-acknowledgement.ts';
import { raiseEscalation } from '../../src/care/escalations/raise-escalation.ts';
import type { EscalationAct, Severity } from '../../src/care/escalations/rules.ts';
import { takeAct, type Given } from '../../src/care/escalations/take-act.ts';
import { acceptReferral } from '../../src/care/referrals/accept-referral.ts';
import { requestReferral } from '../../src/care/referrals/request-referral.ts';
import { createWork } from '../../src/feature/create-work.ts';
import { createReading } from '../../src/feature/create-reading.ts';
import type { Work, Press } from '../../src/feature/feature.ts';
import { localDate } from '../../src/calendar/zones.ts';
import { Refusal } from '../../src/chat/refusal.ts';
import { renderPlain } from '../../src/chat/render-plain.ts';
import { outboxOfTables } from '../../src/schedule/outbox-of-tables.ts';
import type { OrganisationTransaction } from '../../src/store/transaction.ts';

/** Who they are at the start of a chain; `tom` is the one whose reach is asked. */
export type Who = 'tom' | 'li' | 'maya' | 'sara' | 'dana';
const teamOf: Readonly<Record<Who, string>> = { tom: 'west', li: 'west', maya: 'east', sara: 'east', dana: 'east' };

/** One chain of acts in one transaction that is never kept. */
export interface Chain {
  readonly as: (who: Who | 'baton') => Work;
  /** `LATER` is written by Dana; what whoever raises it writes is `FIRST`, or `MINE` when that is Tom. */
  raises(who: Who, severity: Severity): Promise<void>;
  /** True when it was done: what somebody may not do changes nothing. */
  acts(who: Who, act: EscalationAct, given?: Given): Promise<boolean>;
  passes(from: Who, to: Who, reason: 'cover' | 'returned'): Promise<void>;
  leaves(who: Who, heir: Who): Promise<void>;
  lapses(): Promise<void>;
  refersAndAccepts(): Promise<void>;
  breaksGlass(what: 'reach' | 'read'): Promise<void>;
  /** What Tom gets by a press. */
  presses(what: 'reach' | 'read'): Promise<string>;
}

const minute = 60_000;

export function openChain(
  tx: OrganisationTransaction,
  given: { readonly roles: readonly Role[]; readonly client: string; readonly code: string; readonly start: Date },
): Chain {
  let now = given.start;
  let id = '';
  const as = (who: Who | 'baton'): Work =>
    createWork({
      features: collectedFeatures,
      tx,
      now,
      actor: {
        organisation: tx.organisation,
        ...(who === 'baton' ? bySystem : { ...byPerson(who), name: who }),
        roles: who === 'tom' ? given.roles : who === 'dana' ? ['supervisor'] : who === 'baton' ? [] : ['coordinator'],
        team: who === 'baton' ? '' : teamOf[who],
        zone: 'America/New_York',
      },
      reading: createReading(
        { dateOrder: undefined, workingDays: new Set(), closures: new Set() },
        localDate(now, 'America/New_York'),
      ),
      privacy: { privacy: 'minimal', label: 'initials-and-birth-year', namesInForms: false },
      platform: 'slack',
      place: { id: 'D1', kind: 'direct' },
      outbox: outboxOfTables,
    });
  const pass = (): void => {
    now = new Date(now.getTime() + minute);
  };
  const press = async (who: Who, action: string, button: Partial<Press>): Promise<string> => {
    const handler = collectedFeatures.buttons.get(action);
    if (handler === undefined) throw new Error(`no button ${action}`);
    try {
      const reply = await handler(as(who), { version: undefined, choice: undefined, subject: undefined, ...button });
      const card = reply.kind === 'answer' ? (reply.replace ?? reply.card) : undefined;
      return card === undefined ? '' : renderPlain(card);
    } catch (error) {
      if (error instanceof Refusal) return `refused: ${error.message}`;
      throw error;
    }
  };
  const chain: Chain = {
    as,
    async raises(who, severity) {
      const note = who === 'tom' ? 'MINE' : 'FIRST';
      id = (await raiseEscalation(as(who), { client: { code: given.code }, severity, note })).escalation.id;
      pass();
      await takeAct(as('dana'), { id }, 'add-note', { words: 'LATER' });
      pass();
    },
    async acts(who, act, more = {}) {
      pass();
      try {
        return (await takeAct(as(who), { id }, act, more)).is === 'done';
      } catch (error) {
        if (error instanceof Refusal) return false;
        throw error;
      }
    },
    async passes(from, to, reason) {
      pass();
      await passEscalation(as('baton'), id, { from, to, reason });
    },
    async leaves(who, heir) {
      pass();
      await handOverEscalations(as('baton'), { person: who, heir });
    },
    async lapses() {
      // Once to remind, once to let it run out.
      for (const hours of [80, 80]) {
        now = new Date(now.getTime() + hours * 60 * minute);
        await watchAcknowledgement(as('baton'), { subject: id, dueAt: now });
      }
    },
    async refersAndAccepts() {
      try {
        const asked = await requestReferral(as('dana'), {
          client: { id: given.client },
          to: { person: 'tom' },
          urgency: 'urgent',
        });
        pass();
        await acceptReferral(as('tom'), { id: asked.id });
      } catch (error) {
        // Whoever takes no referrals is sent none.
        if (!(error instanceof Refusal)) throw error;
      }
    },
    async breaksGlass(what) {
      await press('tom', `escalations.break-glass-${what}`, { subject: id, choice: 'life-at-risk' });
    },
    presses: (what) =>
      what === 'reach'
        ? press('tom', 'clients.reach', { subject: given.client })
        : press('tom', 'escalations.read', { subject: id }),
  };
  return chain;
}
