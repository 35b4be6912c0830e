import type { Card } from '../../chat/card.ts';
import { describePreferences, unreadableCard } from './cards.ts';
import { detailsButton } from './reach-buttons.ts';
import type { Client } from './records.ts';
import type { ClientIdentity } from './rules.ts';

/**
 * How to reach this client now, for one person who may. What is not on file is said, so that nobody looks for it;
 * `corrects`: this person may add it.
 */
export function reachCard(client: Client, corrects: boolean): Card {
  if (!client.identity.readable) return unreadableCard(client, 'clients.reached');
  const { fullName, birthDate, phone, address, emergencyContact } = client.identity.value;
  const prefers = describePreferences(client);
  return {
    kind: 'clients.reached',
    subject: client.id,
    summary: `How to reach ${client.code}`,
    nodes: [
      { kind: 'text', text: [{ bold: client.code }, ' · shown to you only, and on record'] },
      {
        kind: 'facts',
        facts: [
          { label: 'Name', value: fullName },
          { label: 'Born', value: birthDate },
          { label: 'Phone', value: phone ?? none },
          { label: 'Address', value: address ?? none },
          { label: 'Emergency contact', value: describeEmergencyContact(emergencyContact) },
          ...(prefers === '' ? [] : [{ label: 'Prefers', value: prefers }]),
        ],
      },
      ...(corrects ? [{ kind: 'buttons' as const, buttons: [detailsButton(client.id)] }] : []),
    ],
  };
}

const none = 'none on file';

function describeEmergencyContact(contact: ClientIdentity['emergencyContact']): string {
  if (contact === undefined) return none;
  const { name, relation, phone } = contact;
  return `${relation === undefined ? name : `${name} (${relation})`}, ${phone}`;
}
