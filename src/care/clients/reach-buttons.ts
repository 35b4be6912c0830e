import type { Button } from '../../chat/card.ts';

/** One logged tap to the client's phone, address and emergency contact: for private cards only. */
export const reachButton = (client: string): Button => ({ action: 'clients.reach', label: 'Reach', subject: client });

/** Opens the form in which phone, address and emergency contact are added or corrected. */
export const detailsButton = (client: string): Button => ({
  action: 'clients.details',
  label: 'Contact details',
  subject: client,
  opensForm: true,
});
