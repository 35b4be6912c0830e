/** An answer that no platform confirmed, drawn from what is kept of it. Its subject is `<workspace>/<delivery>`. */
export const lateAnswerKind = 'answers.late';
export const lateAnswerSubject = (workspace: string, delivery: string): string => `${workspace}/${delivery}`;
