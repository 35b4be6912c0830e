import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Form } from '../../../src/chat/form.ts';
import { placeErrors, readSubmission, viewStateSchema } from '../../../src/slack/read-submission.ts';
import { renderForm } from '../../../src/slack/render-form.ts';
import { checkShape, modalView } from '../../../src/simulator/slack/check-blocks.ts';
import { form } from './arbitrary-cards.ts';
import { propertyRuns } from '../../helpers/property-runs.ts';

const state = (values: unknown) => viewStateSchema.parse({ values });

describe('a form on Slack', () => {
  it('is a modal Slack accepts, whatever its labels and values are', () => {
    fc.assert(
      fc.property(form, (drawn) => {
        const view = checkShape(modalView, renderForm(drawn), 'invalid_arguments');
        expect(view.ok ? [] : view.problem.messages).toEqual([]);
      }),
      { numRuns: propertyRuns.usual },
    );
  });

  it('carries nothing but the id of its session', () => {
    fc.assert(
      fc.property(form, (drawn) => {
        const view = renderForm(drawn);
        expect(JSON.parse(view.private_metadata ?? '')).toEqual({ session: drawn.session });
        expect(view.callback_id).toBe(drawn.kind);
      }),
      { numRuns: propertyRuns.usual },
    );
  });

  it('chooses the input that suits the number of answers', () => {
    const options = (count: number) => Array.from({ length: count }, (_, i) => ({ value: `v${i}`, label: `L${i}` }));
    const types = (['one-of', 'many-of'] as const).flatMap((kind) =>
      [5, 6, 10, 11, 101].map((count) => {
        const [block] = renderForm({
          kind: 'k',
          session: 's',
          title: 't',
          submit: 'Save',
          fields: [{ kind, name: 'a', label: 'A', options: options(count) }],
        }).blocks;
        return block !== undefined && 'element' in block ? block.element.type : undefined;
      }),
    );
    expect(types).toEqual([
      'radio_buttons',
      'static_select',
      'static_select',
      'static_select',
      'static_select',
      'checkboxes',
      'checkboxes',
      'checkboxes',
      'multi_static_select',
      'multi_static_select',
    ]);
  });

  it('keeps every one of 250 answers', () => {
    const options = Array.from({ length: 250 }, (_, i) => ({ value: `v${i}.`, label: `L${i}` }));
    const drawn: Form = {
      kind: 'k',
      session: 's',
      title: 't',
      submit: 'Save',
      fields: [{ kind: 'one-of', name: 'a', label: 'A', options }],
    };
    const json = JSON.stringify(renderForm(drawn));
    for (const { value } of options) expect(json).toContain(`"value":"${value}"`);
  });
});

describe('a submission on Slack', () => {
  it('reads back as values by field, empty ones absent', () => {
    expect(
      readSubmission(
        state({
          note: { field: { type: 'plain_text_input', value: 'hello' } },
          empty: { field: { type: 'plain_text_input', value: null } },
          on: { field: { type: 'datepicker', selected_date: '2026-12-03' } },
          at: { field: { type: 'timepicker', selected_time: '08:30' } },
          mode: { field: { type: 'radio_buttons', selected_option: { value: 'phone' } } },
          none: { field: { type: 'static_select', selected_option: null } },
          needs: { field: { type: 'checkboxes', selected_options: [{ value: 'a' }, { value: 'b' }] } },
          nothing: { field: { type: 'checkboxes', selected_options: [] } },
          client: { 'search:clients': { type: 'external_select', selected_option: { value: 'c1' } } },
          yes: { toggle: { type: 'checkboxes', selected_options: [{ value: 'yes' }] } },
          no: { toggle: { type: 'checkboxes', selected_options: [] } },
        }),
      ),
    ).toEqual({
      note: 'hello',
      on: '2026-12-03',
      at: '08:30',
      mode: 'phone',
      needs: ['a', 'b'],
      client: 'c1',
      yes: true,
      no: false,
    });
  });

  it('passes blocks the form never had, for the dispatcher to refuse', () => {
    expect(readSubmission(state({ extra: { whatever: { type: 'x', value: 'forged' } } }))).toEqual({ extra: 'forged' });
  });

  it('puts what is wrong with the whole form, or with an unknown field, at the first input', () => {
    expect(placeErrors({ '': 'Too late.', b: 'Wrong.', zz: 'Gone.' }, ['a', 'b'])).toEqual({
      a: 'Too late. Gone.',
      b: 'Wrong.',
    });
    expect(placeErrors({ '': 'Too late.' }, [])).toBeUndefined();
  });
});
