import { z } from 'zod';
import { isUuid } from '../ids.ts';
import type { Happening } from '../chat/inbound.ts';
import type { Field, Form, FormValue, FormValues } from '../chat/form.ts';

/**
 * How a form's values travel. The submission of a card tells ids and text only, so an input's id says what the
 * text means: `v-` as it is, `m-` a list, `t-` a toggle. It also keeps field names clear of the card's own words.
 */
export type InputKind = 'v' | 'm' | 't';

export const inputId = (field: Field): string =>
  `${field.kind === 'many-of' ? 'm' : field.kind === 'toggle' ? 't' : 'v'}-${field.name}`;

// Teams joins chosen values with commas; one that holds a comma itself must survive that.
export const writeListValue = (value: string): string => encodeURIComponent(value);
function readListValue(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** The value of the choice that says that there are more: whoever chooses it has chosen nothing. */
export const keepTypingValue = 'keep-typing';

/** Reads the values of a submitted card. What is empty, of another shape or not an input of ours is left out. */
export function readValues(data: Readonly<Record<string, unknown>>): Record<string, string | string[] | boolean> {
  const values: [string, string | string[] | boolean][] = [];
  for (const [id, raw] of Object.entries(data)) {
    const match = /^([vmt])-([a-z0-9-]{1,75})$/.exec(id);
    const [, kind, name] = match ?? [];
    if (kind === undefined || name === undefined) continue;
    if (kind === 't') {
      if (raw === 'true' || raw === true) values.push([name, true]);
      if (raw === 'false' || raw === false) values.push([name, false]);
      continue;
    }
    const text = typeof raw === 'number' ? String(raw) : raw;
    if (typeof text !== 'string' || text === '' || text === keepTypingValue) continue;
    values.push([name, kind === 'm' ? text.split(',').filter(Boolean).map(readListValue) : text]);
  }
  return Object.fromEntries(values);
}

function keep(field: Field, value: FormValue | undefined): Field {
  switch (field.kind) {
    case 'toggle':
      return typeof value === 'boolean' ? { ...field, initial: value } : field;
    case 'many-of':
      return { ...field, initial: Array.isArray(value) ? value : [] };
    case 'person':
    case 'client': {
      // What is no id was never chosen from the list: it is not shown again.
      if (typeof value !== 'string' || (field.kind === 'client' && !isUuid(value))) return without(field);
      // The label of a searched choice did not travel back, and its value is an opaque id nobody should read.
      return field.initial?.value === value ? field : { ...field, initial: { value, label: 'As chosen before' } };
    }
    default:
      return typeof value === 'string' ? { ...field, initial: value } : without(field);
  }
}

function without(field: Field): Field {
  const { initial: _cleared, ...rest } = field;
  return rest;
}

/** The form with what was typed in it, so that a sentence about one field costs nobody the others. */
export function fillForm(form: Form, values: FormValues): Form {
  return { ...form, fields: form.fields.map((field) => keep(field, values[field.name])) };
}

const submissionSchema = z.looseObject({ form: z.string().min(1).max(255), session: z.string().min(1).max(255) });

/** Reads the data of a form's submit button; undefined when it is none. */
export function readFormSubmission(data: unknown): Extract<Happening, { kind: 'form-submitted' }> | undefined {
  const { data: submission } = submissionSchema.safeParse(data);
  if (submission === undefined) return undefined;
  return { kind: 'form-submitted', form: submission.form, session: submission.session, values: readValues(submission) };
}
