import { ingestVariables } from '@tocsin/ingest/config';
import { settings } from '@tocsin/schema/runtime/settings';
import { serverVariables, standaloneVariables } from '@tocsin/server/config';
import { z } from 'zod';

/** The variables each process reads, by the process's name. */
export const processes: Readonly<Record<'npm start' | 'server' | 'ingest', z.ZodObject>> = {
  'npm start': standaloneVariables,
  server: serverVariables,
  ingest: ingestVariables,
};

/** A process's default as text, "required" where it does not start without, "" where it does. */
export function defaultOf(process: keyof typeof processes, name: string): string {
  const field: z.core.$ZodType | undefined = processes[process].shape[name];
  if (field === undefined) throw new Error(`${process} does not read ${name}`);
  const parsed = z.safeParse(field, undefined);
  if (!parsed.success) return 'required';
  return typeof parsed.data === 'string' || typeof parsed.data === 'number' ? String(parsed.data) : '';
}

export function readersOf(name: string): readonly (keyof typeof processes)[] {
  return processNames.filter((process) => name in processes[process].shape);
}

const processNames = ['npm start', 'server', 'ingest'] as const;

export function descriptionOf(name: string): string {
  const setting = Object.entries(settings).find(([known]) => known === name)?.[1];
  return setting?.meta()?.description ?? '';
}

/** The configuration table of the README, as Prettier leaves it. */
export function configurationTable(): string {
  const header = ['Variable', 'Default', 'Read by', 'Meaning'];
  const rows = Object.keys(settings).map((name) => {
    return [
      `\`${name}\``,
      defaultCell(name),
      readersOf(name)
        .map((reader) => `\`${reader}\``)
        .join(', '),
      descriptionOf(name),
    ];
  });
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string => {
    return `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  };
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** One default where the processes agree, else which has which, in the order of the readers. */
function defaultCell(name: string): string {
  const cells = readersOf(name).map((reader) => {
    const value = defaultOf(reader, name);
    if (value === 'required') return value;
    if (value !== '') return `\`${value}\``;
    return hasRequired(name) ? 'embedded' : '—';
  });
  return [...new Set(cells)].join(' / ');
}

/** A store that one process requires and another does not is embedded there. */
function hasRequired(name: string): boolean {
  return readersOf(name).some((reader) => defaultOf(reader, name) === 'required');
}
