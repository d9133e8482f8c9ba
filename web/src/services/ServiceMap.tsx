import { ActionIcon } from '@mantine/core';
import { IconCircleDashed, IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Health, healthWords } from './Health.tsx';
import { withOutside } from './mapLayers.ts';
import { layoutServices, type MapLayout, type MapLine, type MapNode, nodeHeight, nodeWidth } from './mapLayout.ts';
import './serviceMap.css';
import { isBurning } from './serviceFilter.ts';
import type { ServiceRow } from './servicesQueries.ts';
import { type PanZoom, usePanZoom } from './usePanZoom.ts';

interface NodeProps {
  readonly node: MapNode;
  readonly service: ServiceRow;
  readonly isDim: boolean;
  readonly onActive: (name: string | null) => void;
}

function Node({ node, service, isDim, onActive }: NodeProps) {
  return (
    <Link
      to="/services/$name"
      params={{ name: node.name }}
      className="map-node"
      data-testid="map-node"
      data-severity={isBurning(service) ? (service.worstSeverity ?? 'INFO') : undefined}
      data-dim={isDim}
      style={{ left: node.x, top: node.y, width: nodeWidth, height: nodeHeight }}
      title={`${node.name}: ${healthWords(service)}`}
      draggable={false}
      onMouseEnter={() => onActive(node.name)}
      onMouseLeave={() => onActive(null)}
      onFocus={() => onActive(node.name)}
      onBlur={() => onActive(null)}
    >
      <Health service={service} isCompact />
      <span className="map-node-name">{node.name}</span>
    </Link>
  );
}

/** What services depend on and the catalogue does not have: nothing is known of its health, and no page leads there. */
function Outside({ node, isDim, onActive }: Omit<NodeProps, 'service'>) {
  return (
    <span
      className="map-node"
      data-testid="map-outside"
      data-outside="true"
      data-dim={isDim}
      style={{ left: node.x, top: node.y, width: nodeWidth, height: nodeHeight }}
      title={`${node.name}: not in the catalogue`}
      onMouseEnter={() => onActive(node.name)}
      onMouseLeave={() => onActive(null)}
    >
      <IconCircleDashed size={14} stroke={1.8} aria-hidden="true" />
      <span className="map-node-name">{node.name}</span>
      <span className="visually-hidden">not in the catalogue</span>
    </span>
  );
}

function Lines({ lines, active, size }: { lines: readonly MapLine[]; active: string | null; size: [number, number] }) {
  const isOf = ({ from, to }: MapLine) => from === active || to === active;
  // What is looked at is drawn last, over the rest.
  const inOrder = active === null ? lines : lines.toSorted((one, other) => Number(isOf(one)) - Number(isOf(other)));
  return (
    <svg width={size[0]} height={size[1]} className="map-lines" data-has-active={active !== null} aria-hidden="true">
      <defs>
        <marker id="map-arrow" viewBox="0 0 6 6" refX="6" refY="3" markerWidth="6" markerHeight="6" orient="auto">
          <path d="M0,0.5 L6,3 L0,5.5" fill="none" stroke="context-stroke" />
        </marker>
      </defs>
      {inOrder.map((line) => (
        <path
          key={`${line.from} ${line.to}`}
          d={line.path}
          data-on={active !== null && isOf(line)}
          data-backward={line.isBackward}
          markerEnd="url(#map-arrow)"
        />
      ))}
    </svg>
  );
}

function Controls({ zoom, fit }: Pick<PanZoom, 'zoom' | 'fit'>) {
  return (
    <div className="map-controls">
      <ActionIcon variant="default" size="lg" aria-label="Zoom in" onClick={() => zoom(1.25)}>
        <IconPlus size={16} stroke={1.8} />
      </ActionIcon>
      <ActionIcon variant="default" size="lg" aria-label="Zoom out" onClick={() => zoom(0.8)}>
        <IconMinus size={16} stroke={1.8} />
      </ActionIcon>
      <ActionIcon variant="default" size="lg" aria-label="Fit the map" onClick={fit}>
        <IconMaximize size={16} stroke={1.8} />
      </ActionIcon>
    </div>
  );
}

/** Health changes often, dependencies rarely: only these decide whether everything is laid out anew. */
function useLayout(services: readonly ServiceRow[]): MapLayout {
  const structure = JSON.stringify(services.map(({ name, dependsOn }) => [name, dependsOn]));
  const [laid, setLaid] = useState(() => ({ structure, layout: layoutServices(withOutside(services)) }));
  if (laid.structure === structure) return laid.layout;
  const next = { structure, layout: layoutServices(withOutside(services)) };
  setLaid(next);
  return next.layout;
}

interface ServiceMapProps {
  readonly services: readonly ServiceRow[];
  /** The names that the filters leave; the others are drawn faint. */
  readonly shown: ReadonlySet<string>;
}

/** Who depends on whom: left depends on right. */
export function ServiceMap({ services, shown }: ServiceMapProps) {
  const layout = useLayout(services);
  const [active, setActive] = useState<string | null>(null);
  const { frame, transform, isDragging, zoom, fit, handlers } = usePanZoom(layout);
  const byName = new Map(services.map((service) => [service.name, service]));
  // While one is looked at, its neighbours stay clear; else what the filters leave, with what that needs from outside.
  const clear = new Set(
    layout.lines.flatMap(({ from, to }) => {
      if (active !== null) return from === active || to === active ? [from, to] : [];
      return shown.has(from) && !byName.has(to) ? [to] : [];
    }),
  );
  const isFaint = (name: string) => !clear.has(name) && (active === null ? !shown.has(name) : name !== active);
  return (
    <section className="panel map" aria-label="Dependency map">
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- a drawing that is moved by hand */}
      <div
        ref={frame}
        className="map-frame"
        role="group"
        aria-label="Map of the services. Arrow keys move it, plus and minus zoom, 0 fits it."
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the keys above work while it has the focus
        tabIndex={0}
        data-dragging={isDragging}
        {...handlers}
      >
        <div className="map-plane" style={{ transform, width: layout.width, height: layout.height }}>
          <Lines lines={layout.lines} active={active} size={[layout.width, layout.height]} />
          {layout.nodes.map((node) => {
            const service = byName.get(node.name);
            const shared = { node, isDim: isFaint(node.name), onActive: setActive };
            return service ? (
              <Node key={node.name} service={service} {...shared} />
            ) : (
              <Outside key={node.name} {...shared} />
            );
          })}
        </div>
      </div>
      <Controls zoom={zoom} fit={fit} />
      <p className="map-legend muted">
        Left depends on right; what is dashed is not in the catalogue. Ctrl and the wheel zoom, dragging moves.
      </p>
    </section>
  );
}
