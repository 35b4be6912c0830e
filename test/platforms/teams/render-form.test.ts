import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Field, Form } from '../../../src/chat/form.ts';
import { checkCard } from '../../../src/simulator/teams/check-card.ts';
import { actionsOf, fillInputs, inputsOf } from '../../../src/simulator/teams/find-in-card.ts';
import { fillForm, readFormSubmission, readValues } from '../../../src/teams/form-values.ts';
import { renderForm } from '../../../src/teams/render-form.ts';
import { nastyText } from './arbitrary-card.ts';
import { propertyRuns } from '../../helpers/property-runs.ts';

const options = [
  { value: 'phone', label: 'Phone' },
  { value: 'text, or e-mail', label: 'Text, or e-mail' },
  { value: '100%', label: 'All' },
];
const fields: Field[] = [
  { kind: 'client', name: 'client', label: 'Client', required: true },
  { kind: 'person', name: 'to', label: 'To', initial: { value: 'p-7', label: 'Jon' } },
  { kind: 'text', name: 'form', label: 'Program', maxLength: 20 },
  { kind: 'long-text', name: 'note', label: 'Note', maxLength: 3000, hint: 'Stays out of the chat' },
  { kind: 'number', name: 'units', label: 'Units', min: 0, max: 9, initial: '4' },
  { kind: 'minutes', name: 'minutes', label: 'Minutes' },
  { kind: 'date', name: 'next', label: 'Next', initial: '2026-12-03' },
  { kind: 'time', name: 'at', label: 'At' },
  { kind: 'one-of', name: 'mode', label: 'Mode', options, required: true },
  { kind: 'many-of', name: 'needs', label: 'Needs', options, initial: ['100%'] },
  { kind: 'toggle', name: 'urgent', label: 'Urgent' },
];
const form: Form = {
  kind: 'contacts.log',
  session: 's-1',
  title: 'Log a contact',
  submit: 'Save',
  intro: ['One moment'],
  fields,
};

describe('a form in Teams', () => {
  it.each(['dialog', 'chat'] as const)('is valid where it stands: in the %s', async (place) => {
    expect(await checkCard(renderForm(form, place), place === 'dialog' ? 'dialog' : 'message')).toEqual([]);
  });

  it('is valid whatever its labels, hints and texts say', async () => {
    await fc.assert(
      fc.asyncProperty(nastyText, nastyText, nastyText, async (label, hint, initial) => {
        const nasty: Form = {
          ...form,
          intro: [hint],
          fields: [{ kind: 'text', name: 'a', label: label || 'Label', hint, initial, required: true }],
        };
        expect(await checkCard(renderForm(nasty, 'dialog', { a: label || 'x', '': hint || 'x' }), 'dialog')).toEqual(
          [],
        );
      }),
      { numRuns: propertyRuns.usual },
    );
  }, 60_000);

  it('asks for a client by type-ahead over the data set of clients', () => {
    expect(inputsOf(renderForm(form, 'dialog'))[0]).toMatchObject({
      style: 'filtered',
      'choices.data': { type: 'Data.Query', dataset: 'clients' },
    });
  });

  it('lets a field be named like the form’s own words, and tells text, lists and toggles apart', () => {
    const filled = fillInputs(
      renderForm(form, 'dialog'),
      {
        client: 'c-1',
        Program: 'true',
        note: 'a,b',
        mode: 'text, or e-mail',
        needs: ['text, or e-mail', '100%'],
        urgent: true,
        minutes: '1h15',
      },
      false,
    );
    expect(readFormSubmission({ form: 'contacts.log', session: 's-1', ...filled })).toEqual({
      kind: 'form-submitted',
      form: 'contacts.log',
      session: 's-1',
      values: {
        client: 'c-1',
        to: 'p-7',
        form: 'true',
        note: 'a,b',
        units: '4',
        minutes: '1h15',
        next: '2026-12-03',
        mode: 'text, or e-mail',
        needs: ['text, or e-mail', '100%'],
        urgent: true,
      },
    });
  });

  it('leaves out what is empty, of a wrong shape or not its own', () => {
    const hostile = JSON.parse(
      '{"v-a":"","m-b":"","v-c":{"x":1},"t-d":"yes","__proto__":{"v-p":"1"},"v-__proto__":"1","other":"2","v-e":"kept"}',
    ) as Record<string, unknown>;
    expect(readValues(hostile)).toEqual({ e: 'kept' });
  });

  it('says what to change right above the field, in words and not by colour alone', () => {
    const { body } = renderForm(form, 'dialog', {
      mode: 'Choose one.',
      '': 'Not saved.',
      gone: 'Of a field that is not here.',
    });
    const at = body.findIndex((part) => 'id' in part && part.id === 'v-mode');
    expect(body[at - 1]).toMatchObject({ inlines: [{ text: 'Please check: Choose one.', color: 'Attention' }] });
    expect(body.slice(0, 2)).toMatchObject([
      { inlines: [{ text: 'Please check: Not saved.' }] },
      { inlines: [{ text: 'Please check: Of a field that is not here.' }] },
    ]);
  });

  it('keeps what was typed when it comes back with sentences', () => {
    const again = fillForm(form, {
      client: '3f1d1c9e-7f0a-4b61-9d0a-1c2b3d4e5f60',
      to: 'p-7',
      note: 'typed',
      mode: 'phone',
      needs: ['phone'],
      urgent: true,
    });
    const inputs = Object.fromEntries(
      inputsOf(renderForm(again, 'dialog')).map((input) => [String(input['id']), input]),
    );
    expect(inputs['v-client']).toMatchObject({
      value: '3f1d1c9e-7f0a-4b61-9d0a-1c2b3d4e5f60',
      choices: [{ title: 'As chosen before', value: '3f1d1c9e-7f0a-4b61-9d0a-1c2b3d4e5f60' }],
    });
    expect(inputs['v-to']).toMatchObject({ value: 'p-7', choices: [{ title: 'Jon' }] });
    expect(inputs['v-note']).toMatchObject({ value: 'typed' });
    expect(inputs['m-needs']).toMatchObject({ value: 'phone' });
    expect(inputs['t-urgent']).toMatchObject({ value: 'true' });
    expect(inputs['v-next']).not.toHaveProperty('value');
  });

  it('sends by Action.Submit in a dialog, by Action.Execute in the chat, and can be cancelled there', () => {
    expect(actionsOf(renderForm(form, 'dialog'))).toMatchObject([
      { type: 'Action.Submit', data: { form: 'contacts.log', session: 's-1' } },
    ]);
    expect(actionsOf(renderForm(form, 'chat'))).toMatchObject([
      { type: 'Action.Execute', verb: 'form.submit', data: { form: 'contacts.log', session: 's-1' } },
      { type: 'Action.Execute', verb: 'form.close', associatedInputs: 'none' },
    ]);
  });
});
