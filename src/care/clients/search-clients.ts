import { requirePerson } from '../../access/actor.ts';
import { allows } from '../../access/policy.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Work } from '../../feature/feature.ts';
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
export async function findClientOptions(work: Work, query: string): Promise<FoundOptions> {
  const everywhere = allows(work.actor, 'client.see', 'organisation');
  if (!everywhere && !allows(work.actor, 'client.see', 'team')) return { options: [] };
  const code = readCode(query.trim());
  const terms = searchTerms(query);
  const byCode = code === undefined ? undefined : await findClientByCode(work.tx, code);
  const { person, team } = requirePerson(work.actor);
  const { found, more } =
    byCode !== undefined || terms.length === 0
      ? { found: byCode === undefined ? [] : [byCode], more: false }
      : await searchClients(
          work.tx,
          terms,
          { person, team, everywhere, namesCoordinators: namesCoordinators(work.privacy) },
          mostOptions,
        );
  const clients = found.filter((client) => allows(work.actor, 'client.see', relationTo(work.actor, client)));
  if (clients.length > 0) {
    await recordEvent(work.tx, {
      actor: work.actor,
      verb: 'client.search',
      subjectKind: 'client-list',
      subjectId: requirePerson(work.actor).person,
      detail: { shown: clients.length, clients: clients.map((client) => client.code).join(' ') },
      at: work.now,
    });
    await work.publish('client.looked', { how: 'searched' });
  }
  const options = clients.map((client) => ({ value: client.id, label: clientOptionLabel(client, work.privacy) }));
  return { options, ...(more ? { more } : {}) };
}
