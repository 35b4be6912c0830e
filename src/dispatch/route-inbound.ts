import { requirePerson } from '../access/actor.ts';
import { PAGE_ACTION } from '../chat/card.ts';
import { HELP_CARD, helpCard } from '../chat/help.ts';
import { checkForm } from '../chat/check-form.ts';
import { findDrawer, type CollectedFeatures } from '../feature/collect-features.ts';
import type { Work } from '../feature/feature.ts';
import type { Form } from '../chat/form.ts';
import type { Happening } from '../chat/inbound.ts';
import { findPostedCard, noteActed } from './records.ts';
import { closeFormSession, findFormSession } from '../feature/form-sessions.ts';
import { Refusal } from '../chat/refusal.ts';
import { nothing, type Reply } from '../chat/reply.ts';
import { runCommand } from './run-command.ts';

type Routed = Exclude<Happening, { kind: 'installed' | 'uninstalled' | 'user-changed' }>;

/** Finds the feature that answers; nothing here knows what any of them does. */
export async function routeInbound(
  features: CollectedFeatures,
  work: Work,
  what: Routed,
  onForm: (form: Form) => void,
): Promise<Reply> {
  switch (what.kind) {
    case 'command':
      return runCommand(features, work, what.text);
    case 'button':
      noteActedOn(work, what.message);
      return pressButton(features, work, what);
    case 'form-submitted':
      return submitForm(features, work, what, onForm);
    case 'option-search': {
      const search = features.searches.get(what.search);
      return { kind: 'options', ...(search === undefined ? { options: [] } : await search(work, what.query)) };
    }
    case 'reacted':
      return answerReaction(features, work, what.message);
    case 'home-opened':
      return { kind: 'home', card: await work.draw('home', '') };
    case 'form-closed':
      return nothing;
  }
}

/** Written with the rest at the end, and not at all when the press is refused. */
function noteActedOn({ tx, platform, place, now }: Work, message: string | undefined): void {
  if (message === undefined || platform === undefined) return;
  tx.beforeCommit(() => noteActed(tx, { platform, place: place.id, message, now }));
}

/** An emoji asks for nothing, so whatever nobody has something to say about is met with silence. */
async function answerReaction(features: CollectedFeatures, work: Work, message: string): Promise<Reply> {
  const { platform, place } = work;
  const posted =
    platform === undefined ? undefined : await findPostedCard(work.tx, { platform, place: place.id, message });
  const handler = posted === undefined ? undefined : features.reactions.get(posted.kind);
  return posted === undefined || handler === undefined ? nothing : handler(work, posted.subject);
}

async function pressButton(
  features: CollectedFeatures,
  work: Work,
  press: Extract<Happening, { kind: 'button' }>,
): Promise<Reply> {
  if (press.action === PAGE_ACTION) return turnPage(features, work, press.subject ?? '', press.version ?? 0);
  const handler = features.buttons.get(press.action);
  if (handler === undefined) {
    throw new Refusal('unknown-button', 'That button belongs to an older card. Please open the list again.', {
      denial: true,
    });
  }
  return handler(work, { subject: press.subject, version: press.version, choice: press.choice });
}

async function turnPage(features: CollectedFeatures, work: Work, subject: string, page: number): Promise<Reply> {
  const [kind = '', ...rest] = subject.split('/');
  if (kind === HELP_CARD && page >= 0) {
    return { kind: 'answer', replace: helpCard(features.commands, work.actor.roles, rest.join('/')), page };
  }
  if (findDrawer(features, kind) === undefined || page < 0) {
    throw new Refusal('unknown-button', 'That list has moved on. Please open it again.');
  }
  return { kind: 'answer', replace: await work.draw(kind, rest.join('/')), page };
}

async function submitForm(
  features: CollectedFeatures,
  work: Work,
  submitted: Extract<Happening, { kind: 'form-submitted' }>,
  onForm: (form: Form) => void,
): Promise<Reply> {
  const handler = features.forms.get(submitted.form);
  const session = await findFormSession(work.tx, {
    id: submitted.session,
    person: requirePerson(work.actor).person,
    kind: submitted.form,
  });
  if (handler === undefined || session === undefined) {
    throw new Refusal('form-expired', 'This form was already sent or is no longer open. Please open it again.');
  }
  const form: Form = { ...(await handler.draw(work, session.context)), kind: session.kind, session: session.id };
  onForm(form);
  const errors = checkForm(form, submitted.values);
  if (Object.keys(errors).length > 0) {
    throw new Refusal('invalid-value', 'Please look at the marked fields.', { fields: errors });
  }
  const reply = await handler.submit(work, submitted.values, session.context);
  await closeFormSession(work.tx, session.id, work.now);
  return reply;
}
