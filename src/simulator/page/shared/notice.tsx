import { useCallback, useEffect, useState } from 'react';

export interface Notice {
  readonly text: string;
  readonly tone: 'plain' | 'trouble';
}

/** A sentence at the foot of a pane that goes away by itself. */
export function useNotice(): { notice: Notice | undefined; tell: (text: string, tone?: Notice['tone']) => void } {
  const [notice, setNotice] = useState<Notice>();
  useEffect(() => {
    if (notice === undefined) return;
    const timer = setTimeout(() => setNotice(undefined), 7000);
    return () => clearTimeout(timer);
  }, [notice]);
  const tell = useCallback((text: string, tone: Notice['tone'] = 'plain') => setNotice({ text, tone }), []);
  return { notice, tell };
}

export function NoticeLine({ notice }: { readonly notice: Notice | undefined }) {
  return (
    <div role="status" className="notice-place">
      {notice !== undefined && <p className={`notice notice-${notice.tone}`}>{notice.text}</p>}
    </div>
  );
}
