import { z } from 'zod';
import { fromJson, method, no, refused, type ApiAnswer, type Method } from './api-answer.ts';
import { checkShape, homeView, modalView, type HomeView, type ModalView } from './check-blocks.ts';
import { slackAccepts } from './limits.ts';
import type { Tickets } from './tickets.ts';
import type { OpenView, Workspace } from './workspace.ts';

const found = (open: OpenView): ApiAnswer => ({
  ok: true,
  view: { ...open.view, id: open.id, hash: open.hash, team_id: '', root_view_id: open.id },
});

/** Every modal on screen, with its owner's stack. */
function findView(workspace: Workspace, id: string): { stack: OpenView[]; index: number } | undefined {
  for (const stack of workspace.modals.values()) {
    const index = stack.findIndex((open) => open.id === id);
    if (index >= 0) return { stack, index };
  }
  return undefined;
}

/** Puts another drawing into an open view; its errors are gone with the old one. */
export function redraw(workspace: Workspace, id: string, view: ModalView): OpenView | undefined {
  const place = findView(workspace, id);
  const old = place?.stack[place.index];
  if (place === undefined || old === undefined) return undefined;
  const next: OpenView = { id, user: old.user, hash: workspace.nextId('h'), view };
  place.stack.splice(place.index, 1, next);
  return next;
}

/** views.*: modals by trigger, a stack of at most three, and the home tab. */
export function viewMethods(workspace: Workspace, tickets: Tickets): Record<string, Method> {
  const opening = z.object({ trigger_id: z.string(), view: fromJson });

  const open = (values: z.output<typeof opening>, over: boolean): ApiAnswer => {
    const view = checkShape(modalView, values.view, 'invalid_arguments');
    if (!view.ok) return refused(view.problem);
    const trigger = tickets.spendTrigger(values.trigger_id);
    if ('error' in trigger) return no(trigger.error);
    const below = over ? (workspace.modals.get(trigger.user) ?? []) : [];
    if (below.length >= slackAccepts.viewStack) return no('push_limit_reached');
    const shown: OpenView = {
      id: workspace.nextId('V'),
      user: trigger.user,
      hash: workspace.nextId('h'),
      view: view.value,
    };
    workspace.modals.set(trigger.user, [...below, shown]);
    return found(shown);
  };

  return {
    'views.open': method(opening, (values) => open(values, false)),
    'views.push': method(opening, (values) => open(values, true)),
    'views.update': method(z.object({ view_id: z.string(), view: fromJson, hash: z.string().optional() }), (values) => {
      const view = checkShape(modalView, values.view, 'invalid_arguments');
      if (!view.ok) return refused(view.problem);
      const place = findView(workspace, values.view_id);
      const old = place?.stack[place.index];
      if (old === undefined) return no('not_found');
      if (values.hash !== undefined && values.hash !== old.hash) return no('hash_conflict');
      const next = redraw(workspace, old.id, view.value);
      return next === undefined ? no('not_found') : found(next);
    }),
    'views.publish': method(
      z.object({ user_id: z.string(), view: fromJson, hash: z.string().optional() }),
      (values) => {
        const view = checkShape<HomeView>(homeView, values.view, 'invalid_arguments');
        if (!view.ok) return refused(view.problem);
        if (!workspace.users.has(values.user_id)) return no('user_not_found');
        const old = workspace.homes.get(values.user_id);
        if (values.hash !== undefined && values.hash !== old?.hash) return no('hash_conflict');
        const shown: OpenView = {
          id: old?.id ?? workspace.nextId('V'),
          user: values.user_id,
          hash: workspace.nextId('h'),
          view: view.value,
        };
        workspace.homes.set(values.user_id, shown);
        return found(shown);
      },
    ),
  };
}
