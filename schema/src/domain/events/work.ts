/** What people do together on an incident. */
export interface WorkEvents {
  /** `incident.noteAdded` gains `noteId?: number; mentions?: string[]`. */
  'incident.noteEdited': { readonly noteId: number; readonly from: string; readonly to: string };
  'incident.noteDeleted': { readonly noteId: number };
  'incident.pinned': { readonly pinId: number; readonly kind: string; readonly title: string };
  'incident.unpinned': { readonly pinId: number };
  'incident.attached': { readonly attachmentId: number; readonly name: string; readonly bytes: number };
  'incident.attachmentDeleted': { readonly attachmentId: number; readonly name: string };
  'incident.taskChanged': {
    readonly taskId: number;
    readonly title: string;
    readonly action: 'created' | 'changed' | 'done' | 'reopened' | 'dropped';
    readonly assignee: string | null;
  };
  'incident.linkAdded': { readonly kind: string; readonly title: string; readonly url: string };
  'incident.linkRemoved': { readonly title: string; readonly url: string };
  'incident.runbookAttached': { readonly incidentRunbookId: number; readonly title: string; readonly because: string };
  'incident.runbookTicked': {
    readonly incidentRunbookId: number;
    readonly step: number;
    readonly text: string;
    readonly isTicked: boolean;
  };
  'incident.updateDrafted': { readonly updateId: number; readonly audience: 'internal' | 'public' };
  'incident.updateDecided': {
    readonly updateId: number;
    readonly isApproved: boolean;
    readonly comment: string | null;
  };
  'incident.updatePublished': {
    readonly updateId: number;
    readonly audience: 'internal' | 'public';
    readonly title: string;
    readonly progress: string;
  };
}
