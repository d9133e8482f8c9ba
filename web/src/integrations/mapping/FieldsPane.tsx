import { Textarea } from '@mantine/core';
import type { RefObject } from 'react';
import type { MappingError } from '../integrationsQueries.ts';
import { caretAt, type Draft, fieldWords, mappedFields, type MappedField } from './mappedFields.ts';

function Problem({ error, expression }: { readonly error: MappingError; readonly expression: string }) {
  const caret = caretAt(expression, error);
  return (
    <>
      {error.message}
      {caret && (
        <span className="mapping-caret mono" aria-hidden="true">
          {caret.line}
          {'\n'}
          {caret.before.replace(/\S/g, ' ')}^
        </span>
      )}
    </>
  );
}

interface FieldsPaneProps {
  readonly draft: Draft;
  readonly errors: readonly MappingError[];
  readonly active: MappedField;
  /** The field at hand, for writing at its cursor. */
  readonly activeRef: RefObject<HTMLTextAreaElement | null>;
  readonly onActive: (field: MappedField) => void;
  readonly onChange: (field: MappedField, expression: string) => void;
}

/** One expression for each field of an alert. */
export function FieldsPane({ draft, errors, active, activeRef, onActive, onChange }: FieldsPaneProps) {
  return (
    <section className="panel mapping-pane" aria-label="Fields">
      <div className="mapping-pane-head">
        <h2 className="panel-title">Fields</h2>
        <span className="muted">CEL over body</span>
      </div>
      <div className="mapping-pane-body mapping-fields">
        {mappedFields.map((field) => {
          const { label, hint, example } = fieldWords[field];
          const expression = draft[field] ?? '';
          const error = errors.find((each) => each.field === field);
          return (
            <Textarea
              key={field}
              ref={active === field ? activeRef : undefined}
              label={label}
              description={hint}
              placeholder={example}
              classNames={{ input: 'mono' }}
              data-active={active === field}
              className="mapping-field"
              value={expression}
              onFocus={() => onActive(field)}
              onChange={(event) => onChange(field, event.currentTarget.value)}
              error={error && <Problem error={error} expression={expression} />}
              autosize
              minRows={1}
              maxRows={6}
              spellCheck={false}
              autoCapitalize="off"
            />
          );
        })}
      </div>
    </section>
  );
}
