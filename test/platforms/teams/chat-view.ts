import type { Button, Card } from '../../../src/chat/card.ts';
import type { Form } from '../../../src/chat/form.ts';
import { answer } from '../../../src/chat/reply.ts';
import { parts } from '../../../src/simulator/teams/find-in-card.ts';
import type { LocalMessage } from '../../../src/simulator/teams/types.ts';
import { maya } from './start-teams.ts';
import type { Running } from './start-teams.ts';

export const button = (more: Partial<Button> = {}): Button => ({
  action: 'contacts.undo',
  label: 'Undo',
  subject: 'c-1',
  version: 2,
  ...more,
});
export const card = (text: string, ...buttons: Button[]): Card => ({
  kind: 'contacts.logged',
  summary: `Summary of ${text}`,
  nodes: [
    { kind: 'text', text },
    ...(buttons.length > 0 ? [{ kind: 'rows' as const, rows: [{ id: 'r1', text: 'Row', buttons }] }] : []),
  ],
});
export const form: Form = {
  kind: 'contacts.log',
  session: 's-1',
  title: 'Log a contact',
  submit: 'Save',
  fields: [
    { kind: 'client', name: 'client', label: 'Client' },
    { kind: 'long-text', name: 'note', label: 'Note' },
    { kind: 'toggle', name: 'urgent', label: 'Urgent' },
  ],
};

export const text = (message: LocalMessage | undefined): string =>
  message?.text ??
  parts(message?.card)
    .flatMap(({ type, text: own }) => (type === 'TextRun' ? [own] : []))
    .join('\n');

/** What people see in their chat with Baton. */
export interface ChatView {
  chat(user?: string): string;
  fromBot(conversation: string, user?: string): LocalMessage[];
  last(user?: string): LocalMessage;
  /** Has Baton write a card with these buttons to Maya; resolves to its id. */
  posted(...buttons: Button[]): Promise<string>;
}

export function createChatView(running: () => Running): ChatView {
  const chat = (user = maya): string => running().local.chatOf(user) ?? '';
  const fromBot = (conversation: string, user?: string): LocalMessage[] =>
    running()
      .local.messages(conversation, user)
      .filter(({ from }) => from === 'bot');
  const last = (user = maya): LocalMessage => {
    const message = fromBot(chat(user), user).at(-1);
    if (message === undefined) throw new Error('nothing was written');
    return message;
  };
  return {
    chat,
    fromBot,
    last,
    async posted(...buttons) {
      running().answer(answer(card('Before', ...buttons)));
      await running().local.message({ user: maya, text: 'next' });
      running().received.length = 0;
      return last().id;
    },
  };
}
