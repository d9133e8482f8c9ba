import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';

interface PartProps {
  readonly title: string;
  readonly hint?: string;
  readonly isEditable: boolean;
  readonly isEditing: boolean;
  readonly isSaving: boolean;
  readonly canSave?: boolean;
  /** What somebody else saved meanwhile; null where nobody did. */
  readonly theirs?: ReactNode;
  readonly onEdit: () => void;
  readonly onCancel: () => void;
  readonly onSave: () => void;
  readonly onTakeTheirs?: () => void;
  readonly children: ReactNode;
}

/** One part of a review: read, or edited with both texts where two people wrote it. */
export function Part({ title, hint, theirs = null, canSave = true, ...props }: PartProps) {
  const { isEditable, isEditing, isSaving, onEdit, onCancel, onSave, onTakeTheirs, children } = props;
  return (
    <section className="review-part" aria-label={title}>
      <div className="review-part-head">
        <h3>{title}</h3>
        {isEditable && !isEditing && (
          <button type="button" className="link-button" onClick={onEdit} aria-label={`Edit ${title}`}>
            Edit
          </button>
        )}
      </div>
      {hint && isEditing && <p className="muted review-hint">{hint}</p>}
      {theirs !== null && (
        <div className="review-theirs" role="alert">
          <p>
            <strong>Somebody saved this part meanwhile.</strong> This is theirs; yours stands below. Merge them, then
            save.
          </p>
          <div className="review-theirs-text">{theirs}</div>
        </div>
      )}
      {children}
      {isEditing && (
        <Group gap="xs" justify="flex-end" mt="xs">
          <Button variant="default" size="xs" onClick={onCancel} disabled={isSaving}>
            Cancel
          </Button>
          {theirs !== null && onTakeTheirs && (
            <Button variant="default" size="xs" onClick={onTakeTheirs} disabled={isSaving}>
              Take theirs
            </Button>
          )}
          <Button size="xs" onClick={onSave} loading={isSaving} disabled={!canSave}>
            {theirs === null ? 'Save' : 'Save what stands below'}
          </Button>
        </Group>
      )}
    </section>
  );
}
