export interface PlaceItem {
  readonly id: string;
  readonly label: string;
  readonly mark: '#' | '•' | '⌂';
}

/** The conversations of one person, as a list of buttons: a column on wide panes, a row on narrow ones. */
export function PlaceList(props: {
  readonly label: string;
  readonly places: readonly PlaceItem[];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}) {
  return (
    <nav className="places" aria-label={props.label}>
      {props.places.map(({ id, label, mark }) => (
        <button
          key={id}
          type="button"
          className="place"
          aria-current={id === props.chosen ? 'page' : undefined}
          onClick={() => props.onChoose(id)}
        >
          <span aria-hidden="true" className="place-mark">
            {mark}
          </span>
          {label}
        </button>
      ))}
    </nav>
  );
}
