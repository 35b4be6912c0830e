import type { CollectedFeatures } from '../../src/feature/collect-features.ts';

/** The product's nouns, beside those of a test that only have something due. */
export const alsoDue = (features: CollectedFeatures, due: CollectedFeatures['due'] = []): CollectedFeatures => ({
  ...features,
  due: [...features.due, ...due],
});
