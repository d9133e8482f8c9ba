/** What a command can be refused for. Each message names what was wrong and what to do. */
export type DomainError =
  | { readonly code: 'NOT_FOUND'; readonly message: string }
  | { readonly code: 'FORBIDDEN'; readonly message: string }
  | { readonly code: 'INVALID_INPUT'; readonly message: string; readonly field: string }
  | {
      readonly code: 'EXPRESSION_INVALID';
      readonly message: string;
      /** E.g. `rules[2].match`. */
      readonly field: string;
      /** UTF-16 units from 0; line and column count from 1. */
      readonly position: number;
      readonly line: number;
      readonly column: number;
    }
  | {
      readonly code: 'CONFLICT';
      readonly message: string;
      readonly currentVersion: number;
      /** The text that stands there now, where it is one. */
      readonly current?: string;
      readonly currentBy?: string;
    }
  /** `usedBy` names what would be left without it. */
  | { readonly code: 'IN_USE'; readonly message: string; readonly usedBy: readonly string[] }
  | { readonly code: 'INVALID_TRANSITION'; readonly message: string; readonly phase: string; readonly command: string };

/** Carries a {@link DomainError} across an I/O boundary. */
export class DomainFailure extends Error {
  override readonly name = 'DomainFailure';
  readonly error: DomainError;
  constructor(error: DomainError) {
    super(error.message);
    this.error = error;
  }
}
