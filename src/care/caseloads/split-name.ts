/** Words that begin a family name of several words. */
const particles = new Set(
  'af al av bin bint da das de del della den der di do dos du el ibn la le les lo los ter van vander von zu'.split(' '),
);

/**
 * Given and family name of a full name, where there is no doubt: `Family, Given`, two words, or a family name that
 * begins with a particle (`Elena De la Cruz`). Everything else is kept whole: a wrong split would give a person
 * the wrong initials.
 */
export function splitName(fullName: string): { readonly givenName: string; readonly familyName: string } | undefined {
  const comma = fullName.split(',').map((part) => part.trim());
  if (comma.length > 1) {
    const [familyName = '', givenName = ''] = comma;
    const isSuffix = /^(jr|sr|ii|iii|iv|md|phd)\.?$/i.test(givenName);
    return comma.length === 2 && familyName !== '' && givenName !== '' && !isSuffix
      ? { givenName, familyName }
      : undefined;
  }
  const words = fullName.split(' ');
  const particle = words.findIndex((word, index) => index > 0 && particles.has(word.toLowerCase()));
  const familyStart = particle > 0 && particle < words.length - 1 ? particle : words.length === 2 ? 1 : undefined;
  if (familyStart === undefined) return undefined;
  return { givenName: words.slice(0, familyStart).join(' '), familyName: words.slice(familyStart).join(' ') };
}
