import { allows } from '../../access/policy.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Ask } from '../../chat/feature.ts';
import type { FoundOptions } from '../../chat/form.ts';
import './events.ts';
import { clientOptionLabel, namesCoordinators } from './cards.ts';
import { readCode } from './code.ts';
import { findClientByCode } from './records.ts';
import { relationTo, searchTerms } from './rules.ts';
import { searchClients } from './search-records.ts';

/** How many the type-ahead offers: more are found by typing on. Slack shows no more either. */
const mostOptions = 100;

/** Type-ahead over the clients this person may see, by name (blind index) or by code. */
export async function findClientOptions(ask: Ask, query: string): Promise<FoundOptions> {
  const everywhere = allows(ask.actor, 'client.see', 'organisation');
  if (!everywhere && !allows(ask.actor, 'client.see', 'team')) return { options: [] };
  const code = readCode(query.trim());
  const terms = searchTerms(query);
  const byCode = code === undefined ? undefined : await findClientByCode(ask.tx, code);
  const { person, team } = ask.actor;
  const { found, more } =
    byCode !== undefined || terms.length === 0
      ? { found: byCode === undefined ? [] : [byCode], more: false }
      : await searchClients(
          ask.tx,
          terms,
          { person, team, everywhere, namesCoordinators: namesCoordinators(ask.privacy) },
          mostOptions,
        );
  const clients = found.filter((client) => allows(ask.actor, 'client.see', relationTo(ask.actor, client)));
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
  const options = clients.map((client) => ({ value: client.id, label: clientOptionLabel(client, ask.privacy) }));
  return { options, ...(more ? { more } : {}) };
}
