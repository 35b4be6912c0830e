import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Letters are collected this long before the platform is asked. */
const PAUSE_MILLISECONDS = 180;

/** A box that searches while one types, and holds one choice. Keyboard: arrows, Enter, Escape. */
export function TypeAhead(props: {
  readonly id?: string;
  readonly label?: string;
  readonly labelledBy?: string;
  readonly describedBy?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly initial?: Choice | undefined;
  readonly minimum: number;
  readonly search: (words: string) => Promise<readonly Choice[]>;
  readonly onChoose: (choice: Choice | undefined) => void;
}) {
  const [words, setWords] = useState(props.initial?.label ?? '');
  const [chosen, setChosen] = useState(props.initial);
  const [found, setFound] = useState<readonly Choice[]>();
  const [active, setActive] = useState(0);
  const latest = useRef(0);
  const list = useId();
  const search = useRef(props.search);
  search.current = props.search;

  const searching = chosen === undefined && words.trim().length >= props.minimum;
  useEffect(() => {
    setFound(undefined);
    if (!searching) return;
    latest.current += 1;
    const mine = latest.current;
    const timer = setTimeout(() => {
      search.current(words.trim()).then(
        (choices) => {
          if (mine !== latest.current) return;
          setFound(choices);
          setActive(0);
        },
        () => setFound([]),
      );
    }, PAUSE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [words, searching]);

  const choose = (choice: Choice): void => {
    latest.current += 1;
    setChosen(choice);
    setWords(choice.label);
    setFound(undefined);
    props.onChoose(choice);
  };
  const type = (text: string): void => {
    setWords(text);
    if (chosen !== undefined) props.onChoose(undefined);
    setChosen(undefined);
  };
  const open = found !== undefined && found.length > 0;
  const move = (event: KeyboardEvent): void => {
    if (!open) return;
    if (event.key === 'ArrowDown') setActive((active + 1) % found.length);
    else if (event.key === 'ArrowUp') setActive((active + found.length - 1) % found.length);
    else if (event.key === 'Escape') setFound(undefined);
    else if (event.key === 'Enter') {
      const choice = found[active];
      if (choice !== undefined) choose(choice);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const hint = chosen === undefined && words !== '' && !searching ? `${props.minimum} letters or more` : undefined;
  return (
    <div className="type-ahead">
      <input
        id={props.id}
        role="combobox"
        aria-label={props.label}
        aria-labelledby={props.labelledBy}
        aria-describedby={props.describedBy}
        aria-expanded={open}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={open ? `${list}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={props.placeholder ?? 'Type to search'}
        value={words}
        onChange={(event) => type(event.target.value)}
        onKeyDown={move}
        onBlur={() => setFound(undefined)}
      />
      <ul id={list} role="listbox" className="type-ahead-list" hidden={!open}>
        {(found ?? []).map((choice, index) => (
          <li
            key={choice.value}
            id={`${list}-${index}`}
            role="option"
            aria-selected={index === active}
            // Before the box loses its focus and closes the list.
            onMouseDown={(event) => {
              event.preventDefault();
              choose(choice);
            }}
          >
            {choice.label}
          </li>
        ))}
      </ul>
      <p className="type-ahead-hint" role="status">
        {hint ?? (found !== undefined && found.length === 0 ? 'Nothing found' : '')}
      </p>
    </div>
  );
}
