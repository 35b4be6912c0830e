import { isUuid } from '../ids.ts';
import { isIsoDate } from '../calendar/local-dates.ts';
import type { Field, Form, FormErrors, FormValues } from './form.ts';

/** Longest text a field takes when it says nothing else (Slack's own limit of an input). */
const defaultMaxLength = 3000;

/**
 * Holds a submission against the form as it is drawn now: what is required is there, choices are ones that were
 * offered, nothing came that the form never had. Sentences never repeat a value.
 */
export function checkForm(form: Pick<Form, 'fields'>, values: FormValues): FormErrors {
  const errors: Record<string, string> = {};
  const known = new Set(form.fields.map((field) => field.name));
  if (Object.keys(values).some((name) => !known.has(name))) {
    errors[''] = 'This form came back with a field it does not have. Please open it again.';
  }
  for (const field of form.fields) {
    const problem = checkField(field, values[field.name]);
    if (problem !== undefined) errors[field.name] = problem;
  }
  return errors;
}

function checkField(field: Field, value: FormValues[string] | undefined): string | undefined {
  const empty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  if (empty) return field.required === true ? 'Please fill this in.' : undefined;
  const wrongShape = 'This came back in a form Baton does not know. Please choose again.';
  switch (field.kind) {
    case 'text':
    case 'long-text': {
      if (typeof value !== 'string') return wrongShape;
      const most = field.maxLength ?? defaultMaxLength;
      return [...value].length > most ? `Please keep this to ${most} characters.` : undefined;
    }
    case 'minutes':
      return typeof value === 'string' ? undefined : wrongShape;
    case 'number': {
      if (typeof value !== 'string' || !/^-?\d{1,9}$/.test(value)) return 'Please give a whole number.';
      const number = Number(value);
      if (field.min !== undefined && number < field.min) return `The least is ${field.min}.`;
      return field.max !== undefined && number > field.max ? `The most is ${field.max}.` : undefined;
    }
    case 'date':
      return typeof value === 'string' && isIsoDate(value) ? undefined : 'Please choose a day of the calendar.';
    case 'time':
      return typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(value)
        ? undefined
        : 'Please give a time, like 08:30.';
    case 'one-of':
      return field.options.some((option) => option.value === value)
        ? undefined
        : 'Please choose one of the answers offered.';
    case 'many-of':
      return Array.isArray(value) && value.every((one) => field.options.some((option) => option.value === one))
        ? undefined
        : 'Please choose from the answers offered.';
    case 'client':
      return typeof value === 'string' && isUuid(value) ? undefined : 'Please choose a client from the list.';
    case 'person':
      return typeof value === 'string' ? undefined : wrongShape;
    case 'toggle':
      return typeof value === 'boolean' ? undefined : wrongShape;
  }
}
