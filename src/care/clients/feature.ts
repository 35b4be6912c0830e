import { careRoles } from '../../access/roles.ts';
import { listColleagues } from '../../access/records.ts';
import { makeClientCodeKind } from '../../chat/argument-kinds.ts';
import { command, type Work, type Feature, type FormHandler } from '../../feature/feature.ts';
import { answer, type Reply } from '../../chat/reply.ts';
import { addClients, agendaReasons } from './add-to-agenda.ts';
import { readCode } from './code.ts';
import { searchButton } from './find-allowed-client.ts';
import { drawHanded, handedCardKind } from './handed-card.ts';
import type { FoundOptions } from '../../chat/form.ts';
import { handOnForm } from './hand-on-form.ts';
import { handOverClients } from './hand-over-clients.ts';
import { drawLeft, leftCardKind } from './left-card.ts';
import { reachClient, type MayReach } from './reach-client.ts';
import { contactDetailsForm, openContactDetails } from './reach-form.ts';
import { findClientOptions } from './search-clients.ts';
import { revealClient, showClient } from './show-client.ts';

const clientCommand = command({
  name: 'client',
  aliases: ['c', 'show'],
  summary: 'One client at a glance, or search for one',
  arguments: {
    client: {
      kind: makeClientCodeKind((code) => readCode(code) !== undefined),
      hint: 'the code of the client, K7T2-9',
    },
  },
  examples: ['client K7T2-9', 'client'],
  roles: careRoles,
  prominence: 'more',
  aboutClient: true,
  offers: [searchButton],
  run: async (work, { client }) =>
    client === undefined ? openSearch(work, false) : answer(await showClient(work, { code: client })),
  withoutClient: (work) => openSearch(work, true),
});

async function openSearch(work: Work, named: boolean): Promise<Reply> {
  return { kind: 'form', form: await work.openForm('clients.search', { named }) };
}

const searchForm: FormHandler = {
  draw: (_ask, context) =>
    Promise.resolve({
      title: 'Find a client',
      submit: 'Show',
      ...(context['named'] === true
        ? { intro: ['Codes only in a command, please. The name was not kept: choose the client here.'] }
        : {}),
      fields: [
        { name: 'client', kind: 'client', label: 'Client', hint: 'Type two letters of the name', required: true },
      ],
    }),
  submit: async (work, values) => answer(await showClient(work, { id: String(values['client']) })),
};

const mostPeople = 20;

/** People whose name begins like the query: for hand-overs. */
async function findPeople(work: Work, query: string): Promise<FoundOptions> {
  const wanted = query.trim().toLocaleLowerCase('en');
  const people = await listColleagues(work.tx);
  const found = people.filter((person) => person.name.toLocaleLowerCase('en').includes(wanted));
  const options = found.slice(0, mostPeople).map((person) => ({ value: person.id, label: person.name.slice(0, 75) }));
  return { options, ...(found.length > mostPeople ? { more: true } : {}) };
}

export const clients: Feature = {
  noun: 'clients',
  commands: [clientCommand],
  forms: { 'clients.search': searchForm, 'clients.hand-on': handOnForm, 'clients.details': contactDetailsForm },
  answers: {
    'clients.snapshot': (work, id) => showClient(work, { id }),
    'clients.revealed': revealClient,
    'clients.reached': (work, id) => reachClient(work, id),
    'clients.details-saved': (work, id) => showClient(work, { id }),
  },
  cards: { [leftCardKind]: drawLeft, [handedCardKind]: drawHanded },
  on: { 'person.left': handOverClients },
  agenda: { list: addClients, reasons: agendaReasons },
  searches: { clients: findClientOptions, people: findPeople },
  buttons: {
    'clients.search': (work) => openSearch(work, false),
    async 'clients.hand-to'(work, press) {
      const [client = '', departure = ''] = (press.subject ?? '').split('/');
      return { kind: 'form', form: await work.openForm('clients.hand-on', { client, departure }) };
    },
    'clients.show': async (work, press) => answer(await showClient(work, { id: press.subject ?? '' })),
    'clients.reveal': async (work, press) => answer(await revealClient(work, press.subject ?? '')),
    'clients.reach': async (work, press) => answer(await reachClient(work, press.subject ?? '')),
    'clients.details': (work, press) => openContactDetails(work, press.subject ?? ''),
  },
};

/** The same, where other nouns say who besides the care team may reach a client: whoever was told of something open. */
export const clientsReachedBy = (mayReach: MayReach): Feature => ({
  ...clients,
  answers: { ...clients.answers, 'clients.reached': (work, id) => reachClient(work, id, mayReach) },
  buttons: {
    ...clients.buttons,
    'clients.reach': async (work, press) => answer(await reachClient(work, press.subject ?? '', mayReach)),
  },
});
