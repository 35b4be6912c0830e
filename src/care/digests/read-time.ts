import type { ArgumentKind } from '../../chat/command.ts';
import { isDigestTime, timeSentence } from './rules.ts';

/** What stands for the time of the team, instead of one's own. */
export const usualTime = 'usual';

/** `8`, `8:30`, `08.30`; or `usual`, the team's own time. The value is written `08:30`. */
export const digestTimeKind: ArgumentKind<string> = {
  label: 'time',
  words: [usualTime],
  read(word) {
    const lower = word.toLowerCase();
    if (lower === usualTime || lower === 'team') return { is: 'yes', value: usualTime };
    const [, hours, minutes = '00'] = /^([0-9]{1,2})(?:[:.h]([0-9]{2}))?$/.exec(lower) ?? [];
    if (hours === undefined) return { is: 'no' };
    const value = `${hours.padStart(2, '0')}:${minutes}`;
    return isDigestTime(value) ? { is: 'yes', value } : { is: 'wrong', code: 'invalid-value', sentence: timeSentence };
  },
};
