import { z } from 'zod';
import { slackAccepts as most } from './limits.ts';

/** Block elements as Slack accepts them; an unknown property is refused, as Slack refuses it. */
export const plainText = (length: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: z.string().min(1).max(length), emoji: z.boolean().optional() });

export const anyText = (length: number) =>
  z.discriminatedUnion('type', [
    plainText(length),
    z.strictObject({
      type: z.literal('mrkdwn'),
      text: z.string().min(1).max(length),
      verbatim: z.boolean().optional(),
    }),
  ]);

export const id = z.string().min(1).max(most.id);
const webUrl = z.url({ protocol: /^https?$/ }).max(most.imageUrl);

const confirm = z.strictObject({
  title: plainText(most.confirmTitle),
  text: anyText(most.confirmText),
  confirm: plainText(most.confirmAnswer),
  deny: plainText(most.confirmAnswer),
  style: z.enum(['primary', 'danger']).optional(),
});

const option = z.strictObject({
  text: plainText(most.optionText),
  value: z.string().min(1).max(most.optionValue),
  description: plainText(most.optionText).optional(),
});
export type ShownOption = z.infer<typeof option>;
const options = (length: number) => z.array(option).min(1).max(length);
const groups = z
  .array(z.strictObject({ label: plainText(75), options: options(most.options) }))
  .min(1)
  .max(most.options);

const input = { action_id: id, confirm: confirm.optional(), focus_on_load: z.boolean().optional() };
const list = {
  ...input,
  options: options(most.options).optional(),
  option_groups: groups.optional(),
  placeholder: plainText(most.placeholder).optional(),
};

export const button = z.strictObject({
  type: z.literal('button'),
  text: plainText(most.buttonText),
  action_id: id,
  value: z.string().max(most.buttonValue).optional(),
  url: z.url().max(most.imageUrl).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  confirm: confirm.optional(),
  accessibility_label: z.string().max(most.buttonText).optional(),
});

const choices = [
  z.strictObject({ ...list, type: z.literal('static_select'), initial_option: option.optional() }),
  z.strictObject({
    ...list,
    type: z.literal('multi_static_select'),
    initial_options: z.array(option).min(1).optional(),
    max_selected_items: z.int().min(1).optional(),
  }),
  z.strictObject({
    ...input,
    type: z.literal('external_select'),
    placeholder: plainText(most.placeholder).optional(),
    min_query_length: z.int().min(0).optional(),
    initial_option: option.optional(),
  }),
  z.strictObject({
    ...input,
    type: z.literal('radio_buttons'),
    options: options(most.boxes),
    initial_option: option.optional(),
  }),
  z.strictObject({
    ...input,
    type: z.literal('checkboxes'),
    options: options(most.boxes),
    initial_options: z.array(option).min(1).optional(),
  }),
  z.strictObject({
    ...input,
    type: z.literal('datepicker'),
    initial_date: z.iso.date().optional(),
    placeholder: plainText(most.placeholder).optional(),
  }),
  z.strictObject({
    ...input,
    type: z.literal('timepicker'),
    initial_time: z.iso.time({ precision: -1 }).optional(),
    placeholder: plainText(most.placeholder).optional(),
  }),
] as const;

const typed = [
  z.strictObject({
    type: z.literal('plain_text_input'),
    action_id: id,
    multiline: z.boolean().optional(),
    min_length: z.int().min(0).max(most.inputText).optional(),
    max_length: z.int().min(1).max(most.inputText).optional(),
    initial_value: z.string().max(most.inputText).optional(),
    placeholder: plainText(most.placeholder).optional(),
    focus_on_load: z.boolean().optional(),
  }),
  z.strictObject({
    type: z.literal('number_input'),
    action_id: id,
    is_decimal_allowed: z.boolean(),
    initial_value: z
      .string()
      .regex(/^-?\d+(\.\d+)?$/)
      .optional(),
    min_value: z
      .string()
      .regex(/^-?\d+(\.\d+)?$/)
      .optional(),
    max_value: z
      .string()
      .regex(/^-?\d+(\.\d+)?$/)
      .optional(),
    placeholder: plainText(most.placeholder).optional(),
  }),
] as const;

/** Every option of a list, grouped or not. */
export const optionsOf = (element: {
  options?: readonly ShownOption[] | undefined;
  option_groups?: readonly { readonly options: readonly ShownOption[] }[] | undefined;
}): readonly ShownOption[] => element.options ?? element.option_groups?.flatMap((group) => group.options) ?? [];

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** An initial choice must be one of the offered ones, to the letter; a list has options or groups, never both. */
function checkChoices(element: Element, context: z.core.$RefinementCtx): void {
  const problem = (message: string): void => {
    context.issues.push({ code: 'custom', message, input: element.type });
  };
  if (element.type === 'static_select' || element.type === 'multi_static_select') {
    if ((element.options === undefined) === (element.option_groups === undefined)) {
      problem('exactly one of options, option_groups');
    }
  }
  if (!('options' in element) && !('option_groups' in element)) return;
  const offered = optionsOf(element);
  const initial = [
    ...('initial_option' in element && element.initial_option !== undefined ? [element.initial_option] : []),
    ...('initial_options' in element ? (element.initial_options ?? []) : []),
  ];
  if (!initial.every((choice) => offered.some((each) => same(each, choice)))) {
    problem('initial option not found in options');
  }
}

const inputElements = z.discriminatedUnion('type', [...choices, ...typed]);
const actionElements = z.discriminatedUnion('type', [button, ...choices]);
export type Element = z.infer<typeof inputElements> | z.infer<typeof actionElements>;
export type InputElement = z.infer<typeof inputElements>;
export const inputElement = inputElements.superRefine(checkChoices);
export const actionElement = actionElements.superRefine(checkChoices);

const style = z
  .strictObject({
    bold: z.boolean().optional(),
    italic: z.boolean().optional(),
    strike: z.boolean().optional(),
    code: z.boolean().optional(),
  })
  .optional();
const run = z.strictObject({ type: z.literal('text'), text: z.string().min(1), style });
const link = z.strictObject({
  type: z.literal('link'),
  url: z.string().min(1).max(most.imageUrl),
  text: z.string().min(1).optional(),
  unsafe: z.boolean().optional(),
  style,
});
const section = z.strictObject({
  type: z.literal('rich_text_section'),
  elements: z.array(
    z.discriminatedUnion('type', [
      run,
      link,
      z.strictObject({ type: z.literal('emoji'), name: z.string() }),
      z.strictObject({ type: z.literal('user'), user_id: z.string() }),
      z.strictObject({ type: z.literal('channel'), channel_id: z.string() }),
      z.strictObject({ type: z.literal('broadcast'), range: z.enum(['here', 'channel', 'everyone']) }),
    ]),
  ),
});
const preformatted = z.strictObject({
  type: z.literal('rich_text_preformatted'),
  elements: z.array(z.discriminatedUnion('type', [run, link])),
  border: z.int().optional(),
});
export const richText = z.strictObject({
  type: z.literal('rich_text'),
  block_id: id.optional(),
  elements: z.array(z.discriminatedUnion('type', [section, preformatted])).min(1),
});

/** A picture of the web, or one that was uploaded: exactly one of the two. */
export const imageShape = {
  type: z.literal('image'),
  image_url: webUrl.optional(),
  slack_file: z.strictObject({ id: z.string().regex(/^F[A-Z0-9]{8,}$/) }).optional(),
  alt_text: z.string().min(1).max(most.imageAlt),
};
export const hasOneSource = (shown: { image_url?: unknown; slack_file?: unknown }): boolean =>
  (shown.image_url === undefined) !== (shown.slack_file === undefined);
export const image = z
  .strictObject(imageShape)
  .refine(hasOneSource, { message: 'exactly one of image_url, slack_file' });
