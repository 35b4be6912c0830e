import { z } from 'zod';
import { weekdays } from '../calendar/local-dates.ts';

/** What an administrator writes of several things: times, hours, ids, numbers to call. */
export const weekdaySchema = z.enum(weekdays);
export const timeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time is written 08:30');
export const hoursSchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/, 'hours are written 08:00-16:30')
  .refine((range) => range.slice(0, 5) < range.slice(6), 'the end comes after the start');
export const idSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'an id is lower-case letters, digits and dashes');
export const phoneSchema = z
  .string()
  .trim()
  .regex(/^[+\d][\d ().-]{1,30}$/, 'a number to call is written +1 555 010 0100, or 988');
