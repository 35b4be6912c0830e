import type { Feature } from './feature.ts';

/** Cards by which the house itself speaks: each is exactly one noun's. */
export interface HouseCards {
  /** What did not arrive, for who oversees. */
  readonly parked: { readonly kind: string; readonly subject: string };
  /** Several messages as one list, by the id of the delivery that carries them; `open` is the button that opens one. */
  readonly bundle: { readonly kind: string; readonly open: string };
  /** A person's digest, where what would be too much for a day waits; and the kind of schedule it comes by. */
  readonly digest: { readonly kind: string; readonly schedule: string };
}

/** What holds of a kind of card wherever it is posted. */
export interface CardTraits {
  /** No digest can stand in for it: it is one itself, or has lost its sense by tomorrow. */
  readonly unfolded?: true;
  /** It shows how pages of this kind fare, about the same subject: drawn again when one gets on. */
  readonly shows?: 'call' | 'test';
}

/** Throws where no noun has one of them, or two claim it: a mistake of ours, found at start. */
export function requireHouseCards(features: readonly Feature[]): HouseCards {
  const find = <K extends keyof HouseCards>(which: K): HouseCards[K] => {
    const found = features.flatMap(({ houseCards }) => houseCards?.[which] ?? []);
    const [one, ...others] = found;
    if (one === undefined || others.length > 0) throw new Error(`exactly one noun has the card "${which}"`);
    return one;
  };
  return { parked: find('parked'), bundle: find('bundle'), digest: find('digest') };
}
