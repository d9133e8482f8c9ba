export type CsvCell = string | number | null;

/** A spreadsheet runs cells that begin like this, whatever blanks stand before it. */
const runs = /^[\s\u00a0\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u;

function cellText(cell: CsvCell): string {
  if (cell === null) return '';
  // A negative number is a number; only text can be a formula.
  if (typeof cell === 'number') return String(cell);
  const safe = runs.test(cell) ? `'${cell}` : cell;
  return /[",\r\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One record of RFC 4180 with its line break, safe to open in a spreadsheet: what stands in it comes from outside. */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

export function csvText(rows: readonly (readonly CsvCell[])[]): string {
  return rows.map(csvLine).join('');
}
