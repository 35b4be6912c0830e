import { useId } from 'react';
import type { Person } from './types.ts';

/** Who sits at this pane. */
export function PersonPicker(props: {
  readonly label: string;
  readonly people: readonly Person[];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}) {
  const id = useId();
  return (
    <div className="person-picker">
      <label htmlFor={id}>{props.label}</label>
      <select id={id} value={props.chosen} onChange={(event) => props.onChoose(event.target.value)}>
        {props.people.map((person) => (
          <option key={person.id} value={person.id}>
            {person.name}
          </option>
        ))}
      </select>
    </div>
  );
}
