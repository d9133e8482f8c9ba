import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useEffectEvent, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { KpiPoint } from './analyticsQueries.ts';
import { axisText } from './kpiFormat.ts';
import type { KpiUnit } from './kpiTypes.ts';

const height = 240;
const dateOf = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const timeOf = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
/** Steps of an axis of durations, seconds: 50 min would be an odd thing to read. */
const durationSteps = [
  1,
  2,
  5,
  10,
  15,
  30,
  minute,
  2 * minute,
  5 * minute,
  10 * minute,
  15 * minute,
  30 * minute,
  hour,
  2 * hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  2 * day,
  7 * day,
  14 * day,
  30 * day,
];

interface TrendChartProps {
  readonly points: readonly KpiPoint[];
  readonly unit: KpiUnit;
  readonly label: string;
  /** The point under the pointer, or null. */
  readonly onHover: (index: number | null) => void;
}

function padded(times: ArrayLike<number>, from: number, to: number): [number, number] {
  const step = times.length > 1 ? (to - from) / (times.length - 1) : hour;
  return [from - step / 2, to + step / 2];
}

/** The day where a day begins, else the time of day. */
function instantText(seconds: number): string {
  const time = timeOf.format(seconds * 1000);
  return time === '00:00' ? dateOf.format(seconds * 1000) : time;
}

function dataOf(points: readonly KpiPoint[], unit: KpiUnit): uPlot.AlignedData {
  const times = points.map(({ bucketStart }) => Date.parse(bucketStart) / 1000);
  if (unit !== 'SECONDS') return [times, points.map(({ value }) => value)];
  return [times, points.map(({ median }) => median), points.map(({ p90 }) => p90)];
}

function seriesOf(unit: KpiUnit, colour: (name: string) => string): uPlot.Series[] {
  const main: uPlot.Series = { stroke: colour('--accent'), width: 2, points: { show: true, size: 5 } };
  if (unit === 'COUNT') {
    const paths = uPlot.paths.bars?.({ size: [0.7, 28], radius: 0.15 });
    const fill = colour('--accent');
    return [{}, { ...main, width: 0, fill, points: { show: false }, ...(paths && { paths }) }];
  }
  if (unit === 'RATIO') return [{}, main];
  const p90: uPlot.Series = { stroke: colour('--muted'), width: 1.5, dash: [4, 4], points: { show: true, size: 4 } };
  return [{}, main, p90];
}

function optionsFor(unit: KpiUnit, width: number, colour: (name: string) => string): uPlot.Options {
  const axis = { stroke: colour('--muted'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false } };
  const font = `12px ${getComputedStyle(document.body).fontFamily}`;
  return {
    width,
    height,
    legend: { show: false },
    cursor: { y: false, points: { size: 7 }, drag: { x: false, y: false } },
    scales: {
      // Bars stand in the middle of their instant: without room the first and the last are cut in half.
      x: { range: ({ data: [times] }, from, to) => padded(times, from, to) },
      y: { range: (_, __, most) => [0, unit === 'RATIO' ? 1 : Math.max(unit === 'COUNT' ? 4 : 60, (most ?? 0) * 1.1)] },
    },
    series: seriesOf(unit, colour),
    axes: [
      {
        ...axis,
        font,
        grid: { show: false },
        space: 70,
        size: 34,
        values: (_, splits) => splits.map(instantText),
      },
      {
        ...axis,
        font,
        size: 60,
        values: (_, splits) => splits.map((each) => axisText(unit, each)),
        ...(unit === 'SECONDS' && { incrs: durationSteps }),
        ...(unit === 'COUNT' && { incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 1e5, 1e6] }),
      },
    ],
  };
}

/** The course of one number. What it shows can be read as a table too, so the picture itself is one image. */
export function TrendChart({ points, unit, label, onHover }: TrendChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const scheme = useComputedColorScheme();
  const hover = useEffectEvent((index: number | null) => onHover(index));
  const draw = useEffectEvent((element: HTMLDivElement) => {
    const style = getComputedStyle(document.documentElement);
    const options = optionsFor(unit, element.clientWidth, (name) => style.getPropertyValue(name).trim());
    const hooks = { setCursor: [({ cursor }: uPlot) => hover(cursor.idx ?? null)] };
    return new uPlot({ ...options, hooks }, dataOf(points, unit), element);
  });
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const drawn = draw(element);
    plot.current = drawn;
    const observer = new ResizeObserver(() => drawn.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      drawn.destroy();
      plot.current = null;
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- colours are read from the page: drawn anew with the scheme
  }, [unit, scheme]);
  useEffect(() => plot.current?.setData(dataOf(points, unit)), [points, unit]);
  return <div ref={box} className="trend-chart" role="img" aria-label={label} />;
}
