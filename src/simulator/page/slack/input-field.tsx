import { TypeAhead, type Choice } from '../shared/type-ahead.tsx';
import { optionsOf, type Filled, type InputBlock } from './block-kit.ts';

interface InputProps {
  readonly block: InputBlock;
  readonly id: string;
  readonly value: Filled;
  readonly describedBy: string | undefined;
  readonly onChange: (value: Filled) => void;
  readonly search: (action: string, words: string) => Promise<readonly Choice[]>;
}

const textTypes: Readonly<Record<string, string>> = {
  plain_text_input: 'text',
  datepicker: 'date',
  timepicker: 'time',
};

function Boxes({ block, id, value, onChange }: InputProps) {
  const one = block.element.type === 'radio_buttons';
  const chosen = Array.isArray(value) ? (value as readonly string[]) : value === null ? [] : [value as string];
  const change = (option: string, on: boolean): void => {
    if (one) onChange(option);
    else onChange(on ? [...chosen, option] : chosen.filter((each) => each !== option));
  };
  return (
    <div className="boxes">
      {optionsOf(block.element).map((option) => (
        <label key={option.value} className="box">
          <input
            type={one ? 'radio' : 'checkbox'}
            name={id}
            checked={chosen.includes(option.value)}
            onChange={(event) => change(option.value, event.target.checked)}
          />
          <span>{option.text.text}</span>
        </label>
      ))}
    </div>
  );
}

function Control(props: InputProps) {
  const { block, id, value, describedBy, onChange } = props;
  const { element } = block;
  const text = typeof value === 'string' ? value : '';
  const shared = {
    id,
    'aria-describedby': describedBy,
    'aria-required': block.optional !== true,
    placeholder: element.placeholder?.text,
  };
  switch (element.type) {
    case 'plain_text_input':
    case 'datepicker':
    case 'timepicker':
      if (element.multiline === true) {
        return (
          <textarea
            {...shared}
            rows={4}
            maxLength={element.max_length}
            value={text}
            onChange={(event) => onChange(event.target.value)}
          />
        );
      }
      return (
        <input
          {...shared}
          type={textTypes[element.type]}
          maxLength={element.max_length}
          value={text}
          autoComplete="off"
          onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
        />
      );
    case 'number_input':
      return (
        <input
          {...shared}
          type="number"
          min={element.min_value}
          max={element.max_value}
          value={text}
          onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
        />
      );
    case 'static_select':
      return (
        <select {...shared} value={text} onChange={(event) => onChange(event.target.value || null)}>
          <option value="">Choose</option>
          {optionsOf(element).map((option) => (
            <option key={option.value} value={option.value}>
              {option.text.text}
            </option>
          ))}
        </select>
      );
    case 'external_select':
      return (
        <TypeAhead
          id={id}
          describedBy={describedBy}
          placeholder={element.placeholder?.text}
          minimum={element.min_query_length ?? 3}
          initial={
            element.initial_option && { value: element.initial_option.value, label: element.initial_option.text.text }
          }
          search={(words) => props.search(element.action_id, words)}
          onChoose={(choice) => onChange(choice?.value ?? null)}
        />
      );
    default:
      return <Boxes {...props} />;
  }
}

/** One input of a form with its label, hint and the sentence about it. */
export function InputField(props: Omit<InputProps, 'describedBy'> & { readonly error: string | undefined }) {
  const { block, id, error } = props;
  const boxes = ['radio_buttons', 'checkboxes', 'multi_static_select'].includes(block.element.type);
  const notes = [error === undefined ? '' : `${id}-error`, block.hint === undefined ? '' : `${id}-hint`];
  const describedBy = notes.filter((note) => note !== '').join(' ') || undefined;
  const label = (
    <>
      {block.label.text}
      {block.optional === true && <span className="field-optional"> (optional)</span>}
    </>
  );
  const rest = (
    <>
      <Control {...props} describedBy={describedBy} />
      {block.hint !== undefined && (
        <p id={`${id}-hint`} className="field-hint">
          {block.hint.text}
        </p>
      )}
      {error !== undefined && (
        <p id={`${id}-error`} className="field-error">
          {error}
        </p>
      )}
    </>
  );
  return boxes ? (
    <fieldset className="field" aria-describedby={describedBy}>
      <legend>{label}</legend>
      {rest}
    </fieldset>
  ) : (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {rest}
    </div>
  );
}
