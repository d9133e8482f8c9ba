/** A reason not to start that the user can do something about; the message is the whole explanation. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}
