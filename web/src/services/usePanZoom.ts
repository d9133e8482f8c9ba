import { useElementSize, useMergedRef } from '@mantine/hooks';
import {
  type KeyboardEvent,
  type PointerEvent,
  type RefCallback,
  type RefObject,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from 'react';
import { fitting, panned, type Size, type View, zoomed } from './panZoomView.ts';

const [step, panPx] = [1.2, 60];
/** A press that moved less is a click. */
const slackPx = 4;

interface PointerHandlers {
  readonly onPointerDown: (event: PointerEvent<HTMLDivElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLDivElement>) => void;
  readonly onPointerUp: () => void;
}

export interface PanZoom {
  readonly frame: RefCallback<HTMLDivElement>;
  readonly transform: string;
  readonly isDragging: boolean;
  readonly zoom: (factor: number) => void;
  readonly fit: () => void;
  readonly handlers: PointerHandlers & { readonly onKeyDown: (event: KeyboardEvent) => void };
}

interface Drag {
  readonly x: number;
  readonly y: number;
  readonly view: View;
  readonly isMoving: boolean;
}

function useDrag(view: View, setView: (view: View) => void): PointerHandlers & { readonly isDragging: boolean } {
  const [drag, setDrag] = useState<Drag | null>(null);
  return {
    isDragging: drag?.isMoving ?? false,
    onPointerDown: (event) => {
      if (event.button === 0) setDrag({ x: event.clientX, y: event.clientY, view, isMoving: false });
    },
    onPointerMove: (event) => {
      if (!drag) return;
      const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
      if (!drag.isMoving && Math.hypot(dx, dy) < slackPx) return;
      if (!drag.isMoving) {
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrag({ ...drag, isMoving: true });
      }
      setView(panned(drag.view, dx, dy));
    },
    onPointerUp: () => setDrag(null),
  };
}

/** A plain wheel scrolls the page; with Ctrl or ⌘, as a pinch on a touchpad sends it, it zooms. */
function useWheelZoom(
  element: RefObject<HTMLDivElement | null>,
  zoomAt: (factor: number, at: { x: number; y: number }) => void,
): void {
  const onWheel = useEffectEvent((event: WheelEvent) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const box = element.current?.getBoundingClientRect();
    const at = { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
    zoomAt(Math.exp(-event.deltaY / 200), at);
  });
  useEffect(() => {
    const target = element.current;
    const listener = (event: WheelEvent) => onWheel(event);
    target?.addEventListener('wheel', listener, { passive: false });
    return () => target?.removeEventListener('wheel', listener);
  }, [element]);
}

/** Moving and zooming a drawing by pointer, wheel and keys. Until somebody does, it is made to fit. */
export function usePanZoom(content: Size): PanZoom {
  const { ref: sizeRef, width, height } = useElementSize<HTMLDivElement>();
  const element = useRef<HTMLDivElement>(null);
  const frame = useMergedRef(sizeRef, element);
  const [moved, setMoved] = useState<View | null>(null);
  const view = moved ?? fitting({ width, height }, content);
  const { isDragging, ...pointer } = useDrag(view, setMoved);
  useWheelZoom(element, (factor, at) => setMoved(zoomed(view, factor, at)));
  const zoom = (factor: number) => setMoved(zoomed(view, factor, { x: width / 2, y: height / 2 }));
  const fit = () => setMoved(null);
  const pan = (dx: number, dy: number) => setMoved(panned(view, dx, dy));
  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => pan(panPx, 0),
    ArrowRight: () => pan(-panPx, 0),
    ArrowUp: () => pan(0, panPx),
    ArrowDown: () => pan(0, -panPx),
    '+': () => zoom(step),
    '=': () => zoom(step),
    '-': () => zoom(1 / step),
    '0': fit,
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const run = keys[event.key];
    if (!run || event.metaKey || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    run();
  };
  const transform = `translate(${view.x}px, ${view.y}px) scale(${view.scale})`;
  return { frame, transform, isDragging, zoom, fit, handlers: { ...pointer, onKeyDown } };
}
