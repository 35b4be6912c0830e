import {
  CardObjectRegistry,
  ChoiceSetInput,
  GlobalRegistry,
  SerializationContext,
  Table,
  Versions,
  type CardElement,
  type PropertyBag,
} from 'adaptivecards';
import { createRoot } from 'react-dom/client';
import { TypeAhead, type Choice } from '../shared/type-ahead.tsx';

export type Search = (dataset: string, words: string) => Promise<readonly Choice[]>;

/** Letters after which Teams asks the bot; one would find half of everything. */
const MINIMUM = 2;

/**
 * A choice set that asks the bot for its choices (`choices.data` of type `Data.Query`). Teams draws these in cards
 * of version 1.5; Microsoft's renderer knows them from 1.6 on, so this page adds them.
 */
function searchedBy(search: Search): new () => ChoiceSetInput {
  return class SearchedChoiceSet extends ChoiceSetInput {
    #dataset: string | undefined;
    #chosen: string | undefined;
    #box: HTMLElement | undefined;

    protected override internalParse(source: PropertyBag, context: SerializationContext): void {
      super.internalParse(source, context);
      const data = (source as { 'choices.data'?: { type?: string; dataset?: string } })['choices.data'];
      this.#dataset = data?.type === 'Data.Query' ? data.dataset : undefined;
      this.#chosen = this.defaultValue;
    }

    protected override internalRender(): HTMLElement | undefined {
      const dataset = this.#dataset;
      if (dataset === undefined) return super.internalRender();
      const box = document.createElement('div');
      box.className = 'card-search';
      this.#box = box;
      const first = this.choices.find(({ value }) => value === this.defaultValue);
      createRoot(box).render(
        <TypeAhead
          label={this.label ?? this.placeholder ?? 'Search'}
          minimum={MINIMUM}
          initial={first?.value === undefined ? undefined : { value: first.value, label: first.title ?? first.value }}
          search={(words) => search(dataset, words)}
          onChoose={(choice) => {
            this.#chosen = choice?.value;
            this.valueChanged();
          }}
        />,
      );
      return box;
    }

    override focus(): void {
      if (this.#box === undefined) super.focus();
      else this.#box.querySelector('input')?.focus();
    }

    override isSet(): boolean {
      return this.#dataset === undefined ? super.isSet() : (this.#chosen ?? '') !== '';
    }

    override get value(): string | undefined {
      return this.#dataset === undefined ? super.value : this.#chosen;
    }
  };
}

/** How cards are read here: Microsoft's elements, with the searching choice set. */
export function cardContext(search: Search): SerializationContext {
  const elements = new CardObjectRegistry<CardElement>();
  GlobalRegistry.populateWithDefaultElements(elements);
  // The renderer registers tables when its module is loaded, which a bundler takes for nothing and leaves out.
  elements.register('Table', Table, Versions.v1_5);
  elements.register('Input.ChoiceSet', searchedBy(search), Versions.v1_0);
  const context = new SerializationContext(Versions.v1_5);
  context.setElementRegistry(elements);
  return context;
}
