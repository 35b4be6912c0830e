import { AdaptiveCard, ExecuteAction, OpenUrlAction, SubmitAction } from 'adaptivecards';
import type { Action, CardObject, Input } from 'adaptivecards';
import { useEffect, useRef, useState } from 'react';
import { hostConfig } from './host-config.ts';
import { cardContext, type Search } from './search-choice-set.tsx';

/** A pressed button, told apart as the local Teams tells them apart. */
export interface Pressed {
  readonly title: string;
  readonly verb: string | undefined;
  /** The row the button stands in. */
  readonly rowId: string | undefined;
  /** What was filled in, when the button sends it. */
  readonly values: Readonly<Record<string, string | readonly string[]>> | undefined;
}

// Text of cards is literal here: nothing in it is read as markup.
AdaptiveCard.onProcessMarkdown = (text, result) => {
  const element = document.createElement('span');
  element.textContent = text.replace(/\\([[\]()*_`~#\\])/g, '$1');
  result.outputHtml = element.innerHTML;
  result.didProcess = true;
};

function rowOf(action: Action): string | undefined {
  let place: CardObject | undefined = action.parent;
  while (place !== undefined) {
    if (place.getJsonTypeName() === 'Container' && place.id !== undefined) return place.id;
    place = place.parent;
  }
  return undefined;
}

/** What the client sends for an input. A cleared list is an empty list, which an empty word would not be. */
function valueOf(input: Input): string | readonly string[] {
  const value = String(input.value ?? '');
  if (input.getJsonTypeName() !== 'Input.ChoiceSet') return value;
  if (value === '') return [];
  return 'isMultiSelect' in input && input.isMultiSelect === true ? value.split(',') : value;
}

function readPress(card: AdaptiveCard, action: Action): Pressed {
  const data = action instanceof SubmitAction ? (action.toJSON() as { data?: { verb?: string } }).data : undefined;
  const verb = action instanceof ExecuteAction ? action.verb : data?.verb;
  const sends = action instanceof SubmitAction && action.associatedInputs?.toLowerCase() !== 'none';
  const inputs = sends ? card.getAllInputs() : [];
  return {
    title: action.title ?? '',
    verb,
    rowId: rowOf(action),
    values:
      inputs.length === 0 ? undefined : Object.fromEntries(inputs.map((input) => [input.id ?? '', valueOf(input)])),
  };
}

/** An Adaptive Card, drawn by Microsoft's renderer; its buttons go to `onPress`. */
export function CardView(props: {
  readonly card: object;
  readonly onPress: (pressed: Pressed) => Promise<void>;
  readonly search: Search;
}) {
  const place = useRef<HTMLDivElement>(null);
  const now = useRef(props);
  now.current = props;
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    const drawn = new AdaptiveCard();
    drawn.hostConfig = hostConfig;
    drawn.parse(
      props.card,
      cardContext((dataset, words) => now.current.search(dataset, words)),
    );
    drawn.onExecuteAction = (action) => {
      if (action instanceof OpenUrlAction) {
        window.open(action.url, '_blank', 'noopener,noreferrer');
        return;
      }
      setBusy(true);
      void now.current.onPress(readPress(drawn, action)).finally(() => setBusy(false));
    };
    const element = drawn.render();
    if (element !== undefined) place.current?.replaceChildren(element);
  }, [props.card]);
  return <div ref={place} className="card" aria-busy={busy} inert={busy} />;
}
