/** The part of Adaptive Cards 1.5 that Baton writes. Nothing else ever leaves the renderer. */
export interface TextRun {
  readonly type: 'TextRun';
  readonly text: string;
  readonly weight?: 'Bolder';
  readonly isSubtle?: true;
  readonly color?: 'Attention';
  /** What a tap on the words does: dials a number. */
  readonly selectAction?: { readonly type: 'Action.OpenUrl'; readonly title: string; readonly url: string };
  readonly fontType?: 'Monospace';
  readonly size?: 'Large' | 'Small';
}
interface Placed {
  readonly id?: string;
  readonly spacing?: 'None' | 'Small' | 'Medium';
  readonly separator?: true;
}
export interface RichTextBlock extends Placed {
  readonly type: 'RichTextBlock';
  readonly inlines: readonly TextRun[];
}
export interface TextBlock extends Placed {
  readonly type: 'TextBlock';
  readonly text: string;
  readonly wrap: true;
  readonly style?: 'heading';
  readonly size?: 'Large' | 'Medium';
  readonly weight?: 'Bolder';
}
export interface Container extends Placed {
  readonly type: 'Container';
  readonly style?: 'attention' | 'warning';
  readonly items: readonly Element[];
}
export interface ColumnSet extends Placed {
  readonly type: 'ColumnSet';
  readonly columns: readonly {
    readonly type: 'Column';
    readonly width: 'auto' | 'stretch' | number;
    readonly items: readonly Element[];
  }[];
}
export interface Image extends Placed {
  readonly type: 'Image';
  readonly url: string;
  readonly altText: string;
  readonly size: 'Stretch';
}
export interface TableRow {
  readonly type: 'TableRow';
  readonly cells: readonly { readonly type: 'TableCell'; readonly items: readonly Element[] }[];
}
export interface Table extends Placed {
  readonly type: 'Table';
  readonly firstRowAsHeaders: true;
  readonly columns: readonly { readonly width: number }[];
  readonly rows: readonly TableRow[];
}
export interface ActionSet extends Placed {
  readonly type: 'ActionSet';
  readonly actions: readonly Action[];
}
interface InputBase extends Placed {
  readonly id: string;
  readonly label?: string;
  readonly isRequired?: true;
  readonly errorMessage?: string;
  readonly value?: string | number;
}
export interface Choice {
  readonly title: string;
  readonly value: string;
}
export type Input =
  | (InputBase & { readonly type: 'Input.Text'; readonly isMultiline?: true; readonly maxLength?: number })
  | (InputBase & { readonly type: 'Input.Number'; readonly min?: number; readonly max?: number })
  | (InputBase & { readonly type: 'Input.Date' | 'Input.Time' })
  | (InputBase & {
      readonly type: 'Input.ChoiceSet';
      readonly style: 'expanded' | 'compact' | 'filtered';
      readonly isMultiSelect?: true;
      readonly wrap: true;
      readonly choices: readonly Choice[];
      readonly 'choices.data'?: { readonly type: 'Data.Query'; readonly dataset: 'clients' | 'people' };
    })
  | (InputBase & {
      readonly type: 'Input.Toggle';
      readonly title: string;
      readonly wrap: true;
      readonly valueOn: 'true';
      readonly valueOff: 'false';
    });
export type Element = RichTextBlock | TextBlock | Container | ColumnSet | Image | Table | ActionSet | Input;

interface ActionBase {
  readonly title: string;
  readonly style?: 'positive' | 'destructive';
}
export type Action =
  | (ActionBase & {
      readonly type: 'Action.Execute';
      readonly verb: string;
      readonly data: Readonly<Record<string, unknown>>;
      readonly associatedInputs?: 'none';
    })
  | (ActionBase & {
      readonly type: 'Action.Submit';
      readonly data: Readonly<Record<string, unknown>>;
      readonly associatedInputs?: 'none';
    })
  | (ActionBase & { readonly type: 'Action.ShowCard'; readonly card: AdaptiveCard })
  | (ActionBase & { readonly type: 'Action.OpenUrl'; readonly url: string });

export interface AdaptiveCard {
  readonly type: 'AdaptiveCard';
  readonly $schema?: 'http://adaptivecards.io/schemas/adaptive-card.json';
  readonly version: '1.5';
  readonly lang?: string;
  readonly fallbackText?: string;
  readonly body: readonly Element[];
}

/** Bytes a value takes on the wire. */
export function wireBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '', 'utf8');
}
