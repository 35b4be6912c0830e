import { allows } from '../../access/policy.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Ask } from '../../chat/feature.ts';
import type { Option } from '../../chat/form.ts';
import './events.ts';
import { clientOptionLabel } from './cards.ts';
import { readCode } from './code.ts';
import { findClientByCode, findClients, searchClients } from './records.ts';
import { relationTo, searchTerms } from './rules.ts';

/** How many the type-ahead offers: more are found by typing on. */
const mostOptions = 20;

/** Type-ahead over the clients this person may see, by name (blind index) or by code. */
export async function findClientOptions(ask: Ask, query: string): Promise<readonly Option[]> {
  const everywhere = allows(ask.actor, 'client.see', 'organisation');
  if (!everywhere && !allows(ask.actor, 'client.see', 'team')) return [];
  const code = readCode(query.trim());
  const terms = searchTerms(query);
  const byCode = code === undefined ? undefined : await findClientByCode(ask.tx, code);
  const ids =
    byCode !== undefined
      ? [byCode.id]
      : terms.length === 0
        ? []
        : await searchClients(
            ask.tx,
            terms,
            { person: ask.actor.person, team: ask.actor.team, everywhere },
            mostOptions,
          );
  const clients = (await findClients(ask.tx, ids)).filter((client) =>
    allows(ask.actor, 'client.see', relationTo(ask.actor, client)),
  );
  if (clients.length > 0) {
    await recordEvent(ask.tx, {
      actor: ask.actor.person,
      verb: 'client.search',
      subjectKind: 'client-list',
      subjectId: ask.actor.person,
      detail: { shown: clients.length, clients: clients.map((client) => client.code).join(' ') },
      at: ask.now,
    });
    await ask.publish('client.looked', { how: 'searched' });
  }
  return clients.map((client) => ({ value: client.id, label: clientOptionLabel(client, ask.privacy) }));
}
