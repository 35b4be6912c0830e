/** What the person reads: that they are away, what was done with their things, the ways back. */
export const statusCardKind = 'absences.status';
/** What a cover reads. Its subject is the absence and the cover. */
export const coverCardKind = 'absences.cover';
/** "While you were away." */
export const backCardKind = 'absences.back';
/** Wakes an absence when it begins, at each midnight of its days, and when its person is back. */
export const lookTimer = 'absences.look';
