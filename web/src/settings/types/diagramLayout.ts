import type { Definition } from './typeQueries.ts';

const phases = ['DETECTED', 'TRIAGED', 'ACKNOWLEDGED', 'MITIGATED', 'RESOLVED', 'CLOSED'] as const;
const box = { width: 128, height: 40, gapX: 56, gapY: 28, margin: 16, head: 60 } as const;

export interface Box {
  readonly key: string;
  readonly title: string;
  readonly x: number;
  readonly y: number;
}

export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly path: string;
  /** It leads to an earlier phase. */
  readonly isBack: boolean;
}

export interface DiagramLayout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  /** What each column stands for. */
  readonly phases: readonly { readonly phase: (typeof phases)[number]; readonly x: number }[];
  readonly arrows: readonly Arrow[];
}

export const boxSize = { width: box.width, height: box.height } as const;

/** One column for each phase that has a status, the statuses of a phase below each other; ways forward bend up, ways back down. */
export function diagramLayout({ statuses, transitions }: Pick<Definition, 'statuses' | 'transitions'>): DiagramLayout {
  const columns = phases
    .map((phase) => ({ phase, members: statuses.filter((status) => status.phase === phase) }))
    .filter(({ members }) => members.length > 0);
  const rows = Math.max(1, ...columns.map(({ members }) => members.length));
  const boxes = columns.flatMap(({ members }, x) =>
    members.map(({ key, title }, y) => ({
      key,
      title,
      x: box.margin + x * (box.width + box.gapX),
      y: box.margin + box.head + y * (box.height + box.gapY),
    })),
  );
  const byKey = new Map(boxes.map((each) => [each.key, each]));
  const arrows = transitions.flatMap(({ from, to }) => {
    const [start, end] = [byKey.get(from), byKey.get(to)];
    return start && end && from !== to ? [{ from, to, path: pathOf(start, end), isBack: end.x < start.x }] : [];
  });
  const hasBack = arrows.some(({ isBack }) => isBack);
  return {
    width: box.margin * 2 + columns.length * (box.width + box.gapX) - box.gapX,
    height:
      box.margin + box.head + rows * (box.height + box.gapY) - box.gapY + (hasBack && rows === 1 ? 60 : box.margin),
    boxes,
    phases: columns.map(({ phase }, x) => ({ phase, x: box.margin + box.width / 2 + x * (box.width + box.gapX) })),
    arrows,
  };
}

function pathOf(start: Box, end: Box): string {
  const half = { x: box.width / 2, y: box.height / 2 };
  if (start.x === end.x) {
    const isDown = end.y > start.y;
    const x = start.x + half.x + (isDown ? -14 : 14);
    return `M${x},${start.y + (isDown ? box.height : 0)} L${x},${end.y + (isDown ? 0 : box.height)}`;
  }
  const columns = Math.round(Math.abs(end.x - start.x) / (box.width + box.gapX));
  if (end.x > start.x && columns === 1) {
    const [y1, y2] = [start.y + half.y, end.y + half.y];
    return `M${start.x + box.width},${y1} C${start.x + box.width + 28},${y1} ${end.x - 28},${y2} ${end.x},${y2}`;
  }
  const isForward = end.x > start.x;
  const lift = 16 + columns * 8;
  const [y1, y2] = isForward ? [start.y, end.y] : [start.y + box.height, end.y + box.height];
  const x1 = start.x + half.x + (isForward ? 24 : -24);
  const x2 = end.x + half.x + (isForward ? -24 : 24);
  const y = isForward ? Math.min(y1, y2) - lift : Math.max(y1, y2) + lift;
  return `M${x1},${y1} C${x1},${y} ${x2},${y} ${x2},${y2}`;
}
