import { z } from 'zod';
import { fileSetting, type FileSettings } from '../../access/file-settings.ts';

/** How much one person looks for and at clients who are not their own before who oversees is told. Nothing is refused. */
export const lookingSchema = z.strictObject({
  /** Names, numbers and notes shown within an hour; 30 when left out. */
  reveals: z.int().min(1).max(10_000).optional(),
  /** Different clients opened within an hour; 30 when left out. */
  clients: z.int().min(1).max(10_000).optional(),
  /** Searches that showed somebody within an hour; 60 when left out. */
  searches: z.int().min(1).max(100_000).optional(),
  /** Refusals on record within five minutes, the last of which is told; 10 when left out. */
  denials: z.int().min(2).max(10_000).optional(),
});
export type LookingLimits = z.infer<typeof lookingSchema>;

export const lookingSettings: Partial<FileSettings> = { organisation: { looking: fileSetting(lookingSchema) } };
