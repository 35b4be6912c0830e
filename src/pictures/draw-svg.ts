import { drawBars } from './draw-bars.ts';
import { drawStacks } from './draw-stacks.ts';
import { drawTimeline } from './draw-timeline.ts';
import type { Picture } from './picture.ts';

/** The picture as SVG text; the same value gives the same text. */
export function drawSvg(picture: Picture): string {
  switch (picture.kind) {
    case 'bars':
      return drawBars(picture);
    case 'stacks':
      return drawStacks(picture);
    case 'timeline':
      return drawTimeline(picture);
  }
}
