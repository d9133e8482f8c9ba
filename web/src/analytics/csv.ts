export type CsvCell = string | number | null;

/** A spreadsheet runs cells that begin like this. */
const runs = /^[=+\-@\t\r]/;

function cellText(cell: CsvCell): string {
  if (cell === null) return '';
  // A negative number is a number; only text can be a formula.
  if (typeof cell === 'number') return String(cell);
  const safe = runs.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** RFC 4180, safe to open in a spreadsheet: names of services come from outside. */
export function csvText(rows: readonly (readonly CsvCell[])[]): string {
  return rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}
