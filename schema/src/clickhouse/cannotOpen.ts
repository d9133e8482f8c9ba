/** A reason why ClickHouse cannot be opened that the user can do something about; the message is the whole explanation. */
export class CannotOpenClickHouse extends Error {
  override readonly name = 'CannotOpenClickHouse';
}
