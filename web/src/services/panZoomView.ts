export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where the left upper corner of a drawing stands in its frame, and how large it is drawn. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

const [minScale, maxScale, padding] = [0.3, 2, 16];
/** Below this a map that is made to fit would not be read: it begins at this size, to be moved. */
const readableScale = 0.68;

/** The whole drawing in the middle of the frame, never larger than life. */
export function fitting(frame: Size, content: Size): View {
  const fit = Math.min((frame.width - 2 * padding) / content.width, (frame.height - 2 * padding) / content.height, 1);
  const scale = Math.max(readableScale, fit);
  const centred = (room: number, needed: number) => Math.max(padding, (room - needed * scale) / 2);
  return { x: centred(frame.width, content.width), y: centred(frame.height, content.height), scale };
}

/** Larger or smaller, with what lies at a point of the frame staying there. */
export function zoomed(view: View, factor: number, at: { readonly x: number; readonly y: number }): View {
  const scale = Math.min(maxScale, Math.max(minScale, view.scale * factor));
  const ratio = scale / view.scale;
  return { scale, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio };
}

export function panned(view: View, dx: number, dy: number): View {
  return { ...view, x: view.x + dx, y: view.y + dy };
}
