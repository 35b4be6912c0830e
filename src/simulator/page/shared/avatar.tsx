const tones = ['moss', 'clay', 'sea', 'plum', 'sand', 'slate'] as const;

/** Two letters on a calm colour; pure decoration, the name stands beside it. */
export function Avatar({ name, square = false }: { readonly name: string; readonly square?: boolean }) {
  const letters = name
    .split(' ')
    .map((word) => word.charAt(0))
    .filter((letter) => /\p{L}/u.test(letter));
  const tone = tones[[...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % tones.length] ?? 'slate';
  return (
    <span aria-hidden="true" className={`avatar avatar-${tone}${square ? ' avatar-square' : ''}`}>
      {[letters[0], letters.length > 1 ? letters.at(-1) : ''].join('')}
    </span>
  );
}

/** Baton's own mark. */
export function BatonMark() {
  return (
    <svg aria-hidden="true" className="avatar avatar-square" viewBox="0 0 32 32">
      <rect width="32" height="32" rx="8" fill="#245b5f" />
      <path d="M9 22 22 9" stroke="#f4f1e8" strokeWidth="5" strokeLinecap="round" />
    </svg>
  );
}
