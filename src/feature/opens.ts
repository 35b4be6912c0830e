import type { Reply } from '../chat/reply.ts';
import type { Press, Work } from './feature.ts';

/**
 * A button that opens a form about what it stands for: the form's context has its id as `about`, and the version its
 * reader saw, where the button names them.
 */
export const opens =
  (form: string, about: string) =>
  async (work: Work, { subject, version }: Press): Promise<Reply> => {
    const context = {
      ...(subject === undefined ? {} : { [about]: subject }),
      ...(version === undefined ? {} : { version }),
    };
    return { kind: 'form', form: await work.openForm(form, context) };
  };
