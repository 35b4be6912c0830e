import { exportOf } from '../../feature/exports.ts';
import { careRoles } from '../../access/roles.ts';
import type { Work, Feature } from '../../feature/feature.ts';
import type { Card } from '../../chat/card.ts';
import { command } from '../../feature/feature.ts';
import { answer } from '../../chat/reply.ts';
import { clientSpans } from '../clients/cards.ts';
import { exportCaseload, listOwnCaseload } from '../clients/list-caseload.ts';
import { drawImported, importedCardKind, ownCaseloadAction } from './tell-of-import.ts';

/** The clients this person is accountable for. */
async function caseloadCard(work: Work): Promise<Card> {
  const clients = await listOwnCaseload(work);
  return {
    kind: 'caseloads.own',
    summary: `${clients.length} clients on your caseload.`,
    nodes: [
      { kind: 'heading', text: `Your caseload: ${clients.length}` },
      ...(clients.length === 0
        ? [{ kind: 'text' as const, text: 'No client is assigned to you.' }]
        : [
            {
              kind: 'rows' as const,
              rows: clients.map((client) => ({
                id: client.id,
                text: [...clientSpans(client, work.privacy), ` · ${client.tier}, ${client.status}`],
                buttons: [
                  { action: 'clients.show', label: 'Show', subject: client.id },
                  { action: 'contacts.log', label: 'Log', subject: client.id, opensForm: true },
                ],
              })),
            },
          ]),
    ],
  };
}

export const caseloads: Feature = {
  noun: 'caseloads',
  commands: [
    command({
      name: 'caseload',
      aliases: ['clients'],
      summary: 'The clients you are accountable for',
      arguments: {},
      examples: ['caseload'],
      roles: careRoles,
      prominence: 'more',
      aboutClient: false,
      run: async (work) => answer(await caseloadCard(work)),
    }),
  ],
  cards: { 'caseloads.own': caseloadCard, [importedCardKind]: drawImported },
  buttons: { [ownCaseloadAction]: async (work) => answer(await caseloadCard(work)) },
  exports: {
    caseload: exportOf(
      { client: true, coordinator: true, team: true, status: true, tier: true, nextDue: true },
      exportCaseload,
    ),
  },
};
