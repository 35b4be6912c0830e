import type { Line } from './card.ts';

/** What people fill in, without a platform. */
interface FieldBase {
  /** Key of the value in the submission; lower case, digits and dashes. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly required?: boolean;
}
export interface Option {
  /** Opaque or enumerated; at most 75 characters. */
  readonly value: string;
  readonly label: string;
}
/** What a type-ahead offers. `more`: these are the first of many, and typing on finds the others. */
export interface FoundOptions {
  readonly options: readonly Option[];
  readonly more?: boolean;
}
export type Field = FieldBase &
  (
    | { readonly kind: 'text' | 'long-text'; readonly initial?: string; readonly maxLength?: number }
    | { readonly kind: 'number'; readonly initial?: string; readonly min?: number; readonly max?: number }
    /** Typed as people write minutes: `15`, `1h15`. Arrives as text. */
    | { readonly kind: 'minutes'; readonly initial?: string }
    /** ISO local date, `2026-12-03`. */
    | { readonly kind: 'date'; readonly initial?: string }
    /** Local time, `08:30`. */
    | { readonly kind: 'time'; readonly initial?: string }
    | { readonly kind: 'one-of'; readonly options: readonly Option[]; readonly initial?: string }
    | { readonly kind: 'many-of'; readonly options: readonly Option[]; readonly initial?: readonly string[] }
    /** Type-ahead over people of the organisation: the adapter asks `option-search` with search `people`. */
    | { readonly kind: 'person'; readonly initial?: Option }
    /** Type-ahead over clients the person may see: `option-search` with search `clients`. */
    | { readonly kind: 'client'; readonly initial?: Option }
    | { readonly kind: 'toggle'; readonly initial?: boolean }
  );

export interface Form {
  /** Names its handler in the feature table, e.g. `contacts.log`. */
  readonly kind: string;
  /** Id of the stored form session: the only thing that travels through the platform with the form. */
  readonly session: string;
  /** At most 24 characters (Slack's limit). */
  readonly title: string;
  /** At most 24 characters. */
  readonly submit: string;
  /** Sentences above the fields. */
  readonly intro?: readonly Line[];
  readonly fields: readonly Field[];
}

/** A submitted value: absent when left empty. A toggle arrives as boolean, many-of as a list, all else as text. */
export type FormValue = string | readonly string[] | boolean;
export type FormValues = Readonly<Record<string, FormValue>>;
/** A sentence a field. The empty key holds what is wrong with the form as a whole. */
export type FormErrors = Readonly<Record<string, string>>;
