import { Textarea } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import './expressionField.css';
import { type ExpressionFault, useExpressionCheck } from './useExpressionCheck.ts';

/** The line at fault with a mark under the place. */
function Place({ text, fault }: { readonly text: string; readonly fault: ExpressionFault }) {
  if (fault.line === null) return null;
  const line = text.split('\n')[fault.line - 1] ?? '';
  const column = Math.max(1, fault.column ?? 1);
  return (
    <code className="expression-place mono" aria-hidden="true">
      {line.slice(0, column - 1)}
      <mark>{line.slice(column - 1, column) || ' '}</mark>
      {line.slice(column)}
    </code>
  );
}

function where({ line, column }: ExpressionFault): string {
  if (line === null) return '';
  return ` (line ${line}${column === null ? '' : `, column ${column}`})`;
}

const examples = [
  'severity >= high',
  'labels.team == "payments"',
  'service.startsWith("db-")',
  'environment in ["staging", "test"]',
] as const;

interface ExpressionFieldProps {
  readonly label: string;
  readonly description: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly isRequired?: boolean;
}

/** An expression over an alert (CEL), checked by the server while it is typed. */
export function ExpressionField(props: ExpressionFieldProps) {
  const { label, description, value, onChange, placeholder = '', isRequired = false } = props;
  const { state, fault } = useExpressionCheck(value);
  return (
    <div className="expression">
      <Textarea
        label={label}
        description={description}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        placeholder={placeholder}
        required={isRequired}
        error={fault ? `${fault.message}${where(fault)}` : undefined}
        autosize
        minRows={2}
        maxRows={8}
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        classNames={{ input: 'expression-input' }}
      />
      {fault && <Place text={value} fault={fault} />}
      <div className="expression-foot">
        <span className="expression-state" data-state={state} role="status">
          {state === 'valid' && (
            <>
              <IconCheck size={14} stroke={2} aria-hidden="true" /> It compiles
            </>
          )}
          {state === 'unknown' && 'It could not be checked just now'}
        </span>
        <details className="expression-help">
          <summary>Examples</summary>
          <ul>
            {examples.map((example) => (
              <li key={example}>
                <button type="button" className="link-button mono" onClick={() => onChange(example)}>
                  {example}
                </button>
              </li>
            ))}
          </ul>
        </details>
      </div>
    </div>
  );
}
