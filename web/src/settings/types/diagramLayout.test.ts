import { describe, expect, it } from 'vitest';
import { diagramLayout } from './diagramLayout.ts';

const status = (key: string, phase: 'DETECTED' | 'ACKNOWLEDGED' | 'CLOSED') => ({ key, title: key, phase });
const way = (from: string, to: string) => ({ from, to, role: 'RESPONDER' as const, requires: [] });

describe('the drawing of a workflow', () => {
  const layout = diagramLayout({
    statuses: [
      status('new', 'DETECTED'),
      status('taken', 'ACKNOWLEDGED'),
      status('contained', 'ACKNOWLEDGED'),
      status('over', 'CLOSED'),
    ],
    transitions: [way('new', 'taken'), way('taken', 'contained'), way('contained', 'over'), way('over', 'taken')],
  });

  it('has a column with its name for each phase that has a status', () => {
    expect(layout.phases.map(({ phase }) => phase)).toEqual(['DETECTED', 'ACKNOWLEDGED', 'CLOSED']);
    expect(new Set(layout.boxes.map(({ x }) => x)).size).toBe(3);
  });

  it('tells the ways that lead back from those that go on', () => {
    expect(layout.arrows.filter(({ isBack }) => isBack).map(({ from, to }) => [from, to])).toEqual([['over', 'taken']]);
  });

  it('holds every box', () => {
    for (const { x, y } of layout.boxes) {
      expect(x + 128).toBeLessThanOrEqual(layout.width);
      expect(y + 40).toBeLessThanOrEqual(layout.height);
    }
  });
});
