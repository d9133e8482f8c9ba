import { phaseWords } from '../../ui/words.ts';
import { diagramLayout, boxSize } from './diagramLayout.ts';
import type { Definition, Problem } from './typeQueries.ts';

interface Props {
  readonly definition: Pick<Definition, 'statuses' | 'transitions'>;
  readonly problems: readonly Problem[];
  readonly chosen: string | null;
  readonly onChoose: (key: string | null) => void;
}

/** The workflow as a drawing; the tables below it say the same to those who do not see it. */
export function WorkflowDiagram({ definition, problems, chosen, onChoose }: Props) {
  const { width, height, boxes, arrows, phases } = diagramLayout(definition);
  const wrong = new Set(problems.flatMap(({ status }) => status ?? []));
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- on a phone it scrolls sideways, by keyboard too
    <div className="workflow panel" role="group" aria-label="Drawing of the workflow" tabIndex={0}>
      <svg style={{ maxWidth: width }} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        <defs>
          <marker
            id="workflow-arrow"
            viewBox="0 0 6 6"
            refX="6"
            refY="3"
            markerWidth="7"
            markerHeight="7"
            orient="auto"
          >
            <path d="M0,0.5 L6,3 L0,5.5" fill="none" stroke="context-stroke" />
          </marker>
        </defs>
        {phases.map(({ phase, x }) => (
          <text key={phase} x={x} y={16} textAnchor="middle" className="workflow-phase">
            {phaseWords[phase]}
          </text>
        ))}
        {arrows.map(({ from, to, path, isBack }) => (
          <path
            key={`${from} ${to}`}
            d={path}
            className="workflow-way"
            data-back={isBack}
            data-on={chosen === from || chosen === to}
            data-faint={chosen !== null && chosen !== from && chosen !== to}
            markerEnd="url(#workflow-arrow)"
          />
        ))}
        {boxes.map(({ key, title, x, y }) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- the table is the way by keyboard
          <g
            key={key}
            transform={`translate(${x} ${y})`}
            className="workflow-box"
            data-wrong={wrong.has(key)}
            data-on={chosen === key}
            onClick={() => onChoose(chosen === key ? null : key)}
          >
            <rect width={boxSize.width} height={boxSize.height} rx={8} />
            <text x={boxSize.width / 2} y={boxSize.height / 2} textAnchor="middle" dominantBaseline="central">
              {title.length > 17 ? `${title.slice(0, 16)}…` : title}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}
