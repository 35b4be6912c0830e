import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actionsOf } from '../../../src/simulator/teams/find-in-card.ts';
import { readButton, writeButton } from '../../../src/teams/write-button.ts';
import { button } from './arbitrary-card.ts';
import { propertyRuns } from '../../helpers/property-runs.ts';

describe('a button in Teams', () => {
  it('comes back as what was written, whatever its subject and choice', () => {
    fc.assert(
      fc.property(button, (written) => {
        const [action] = actionsOf([writeButton(written)]);
        const data = action?.['data'] as { verb?: unknown };
        expect(readButton(action?.['verb'] ?? data.verb, data)).toEqual({
          kind: 'button',
          action: written.action,
          ...(written.choice === undefined ? {} : { choice: written.choice }),
          ...(written.subject === undefined ? {} : { subject: written.subject }),
          ...(written.version === undefined ? {} : { version: written.version }),
        });
      }),
      { numRuns: propertyRuns.usual },
    );
  });

  it('carries an opaque subject and a version, and nothing else', () => {
    expect(writeButton({ action: 'contacts.undo', label: 'Undo', subject: 'c-1', version: 3 })).toEqual({
      type: 'Action.Execute',
      title: 'Undo',
      associatedInputs: 'none',
      verb: 'contacts.undo',
      data: { s: 'c-1', v: 3 },
    });
  });

  it('opens a dialog when it opens a form', () => {
    expect(writeButton({ action: 'contacts.log', label: 'Log', opensForm: true })).toMatchObject({
      type: 'Action.Submit',
      data: { msteams: { type: 'task/fetch' }, verb: 'contacts.log' },
    });
  });

  it.each([
    ['no verb', undefined, {}],
    ['an empty verb', '', {}],
    ['another alphabet', 'Contacts.Undo', {}],
    ['a choice that is too long', `a.b:${'x'.repeat(76)}`, {}],
    ['an empty choice', 'a.b:', {}],
    ['a subject that is no text', 'a.b', { s: { $ne: 1 } }],
    ['a subject that is too long', 'a.b', { s: 'x'.repeat(256) }],
    ['a version that is no number', 'a.b', { v: '3' }],
    ['a version that is no whole number', 'a.b', { v: 1.5 }],
    ['data that is no object', 'a.b', [1]],
  ])('is not ours when forged with %s', (_what, verb, data) => {
    expect(readButton(verb, data)).toBeUndefined();
  });
});
