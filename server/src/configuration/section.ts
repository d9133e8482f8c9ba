import { type Format, identityOf } from '@tocsin/schema/domain/configuration/format';
import { printSection, yamlLines } from '@tocsin/schema/domain/configuration/printYaml';
import { DomainFailure } from '@tocsin/schema/domain/errors';
import type { ConfigurationChange } from '@tocsin/schema/domain/ruleDiff';
import { lineDiff } from '@tocsin/schema/domain/serviceDiff';
import type { Edit } from '@tocsin/schema/postgres/onCallEdit';
import type { Queryable } from '@tocsin/schema/postgres/pool';
import { z } from 'zod';
import type { Names } from './names.js';
import { placed } from './placed.js';

/** An entry and the row that it stands for; `id` is null where its name is enough. */
export interface Stored<E> {
  readonly id: number | null;
  readonly entry: E;
}

/** What a section needs to know of its things. Writing goes through the functions that the screens use. */
interface Source<E> {
  readonly format: Format<E>;
  /** In the order of the file. */
  readonly read: (db: Queryable, names: Names) => Promise<readonly Stored<E>[]>;
  /** The entry with everything that it names spelt as it is called. @throws DomainFailure naming `at.…` for what there is not */
  readonly settle: (entry: E, names: Names, at: string) => E;
  /** @param id null: it is new */
  readonly save: (db: Queryable, id: number | null, entry: E, names: Names, edit: Edit) => Promise<unknown>;
  /** Null: there is always one. */
  readonly remove: ((db: Queryable, stored: Stored<E>, edit: Edit) => Promise<unknown>) | null;
  /** Makes what others of the file may name before it can be written as a whole. */
  readonly announce?: (db: Queryable, entry: E, edit: Edit) => Promise<unknown>;
  /** Makes it let go of what is removed with it. */
  readonly loosen?: (db: Queryable, stored: Stored<E>, edit: Edit) => Promise<unknown>;
  /** Puts the rows into the order of the ids. */
  readonly arrange?: (db: Queryable, ids: readonly number[], edit: Edit) => Promise<unknown>;
}

/** A section of one file, in the transaction that applies it; the steps of all sections take turns. */
export interface Step {
  readonly announce: (db: Queryable, names: Names, edit: Edit) => Promise<void>;
  readonly write: (db: Queryable, names: Names, edit: Edit) => Promise<readonly ConfigurationChange[]>;
  readonly loosen: (db: Queryable, edit: Edit) => Promise<void>;
  readonly remove: (db: Queryable, names: Names, edit: Edit) => Promise<readonly ConfigurationChange[]>;
}

export interface Section {
  readonly key: string;
  readonly print: (db: Queryable, names: Names) => Promise<string>;
  /** @throws DomainFailure INVALID_INPUT with the place of what is wrong */
  readonly parse: (value: unknown) => Step;
}

export function section<E>(source: Source<E>): Section {
  const { format } = source;
  const { key, isSingle } = format;
  return {
    key,
    print: async (db, names) => {
      const stored = await source.read(db, names);
      return printSection(
        key,
        stored.map(({ entry }) => format.yaml(entry)),
        isSingle,
      );
    },
    parse: (value) => stepOf(source, entriesOf(format, value)),
  };
}

function entriesOf<E>(format: Format<E>, value: unknown): readonly E[] {
  const { key, isSingle, shape } = format;
  const parsed = isSingle ? z.array(shape).safeParse([value]) : z.array(shape).safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = isSingle ? (issue?.path.slice(1) ?? []) : (issue?.path ?? []);
    const at = `${key}${path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')}`;
    throw wrong(at, `${at}: ${issue?.message ?? 'is not what it must be'}.`);
  }
  return parsed.data;
}

/** What tells the entries apart. @throws DomainFailure INVALID_INPUT for one that stands twice and may not */
function keysOf<E>(format: Format<E>, entries: readonly E[]): readonly string[] {
  if (format.isSingle) return entries.map(() => '');
  const seen = new Map<string, number>();
  return entries.map((entry, index) => {
    const identity = identityOf(format, entry);
    const nth = seen.get(identity) ?? 0;
    seen.set(identity, nth + 1);
    const at = `${format.key}[${index}]`;
    if (nth > 0 && !format.mayRepeat) throw wrong(at, `${at}: ${format.nameOf(entry)} stands twice.`);
    return nth === 0 ? identity : `${identity} ${nth}`;
  });
}

function stepOf<E>(source: Source<E>, entries: readonly E[]): Step {
  const { format } = source;
  const keys = keysOf(format, entries);
  const placeOf = (index: number): string => (format.isSingle ? format.key : `${format.key}[${index}]`);
  const before = new Map<string, Stored<E>>();
  const left = (): readonly Stored<E>[] => [...before].flatMap(([key, stored]) => (keys.includes(key) ? [] : [stored]));
  return {
    announce: async (db, names, edit) => {
      const stored = await source.read(db, names);
      const storedKeys = keysOf(
        format,
        stored.map(({ entry }) => entry),
      );
      before.clear();
      for (const [index, each] of stored.entries()) before.set(storedKeys[index] ?? '', each);
      for (const [index, entry] of entries.entries()) {
        if (source.announce && !before.has(keys[index] ?? '')) {
          await placed(placeOf(index), source.announce(db, entry, edit));
        }
      }
    },
    write: async (db, names, edit) => {
      const changes: ConfigurationChange[] = [];
      for (const [index, entry] of entries.entries()) {
        const was = before.get(keys[index] ?? '');
        // What stands as it is may name what is gone: that is no fault of the file.
        if (changeOf(format, was?.entry, entry) === null) continue;
        const at = placeOf(index);
        const settled = source.settle(entry, names, at);
        const change = changeOf(format, was?.entry, settled);
        if (change === null) continue;
        await placed(at, source.save(db, was?.id ?? null, settled, names, edit));
        changes.push(change);
      }
      return changes;
    },
    loosen: async (db, edit) => {
      for (const stored of left()) await source.loosen?.(db, stored, edit);
    },
    remove: async (db, names, edit) => {
      const changes: ConfigurationChange[] = [];
      for (const stored of left()) {
        const isGone = (await source.remove?.(db, stored, edit)) !== false;
        if (isGone)
          changes.push({ ...about(format, stored.entry), kind: 'removed', diff: diffOf(format, stored.entry) });
      }
      return [...changes, ...(await arranged(source, keys, [...before.keys()], { db, names, edit }))];
    },
  };
}

/** The order that the file states; told where things that were there before changed places. */
async function arranged<E>(
  { format, read, arrange }: Source<E>,
  wanted: readonly string[],
  before: readonly string[],
  { db, names, edit }: { readonly db: Queryable; readonly names: Names; readonly edit: Edit },
): Promise<readonly ConfigurationChange[]> {
  if (arrange === undefined) return [];
  const stored = await read(db, names);
  const ids = new Map(stored.map(({ id, entry }) => [identityOf(format, entry), id]));
  const order = wanted.flatMap((key) => ids.get(key) ?? []);
  if (order.every((id, index) => stored[index]?.id === id)) return [];
  await arrange(db, order, edit);
  const [was, is] = [before.filter((key) => wanted.includes(key)), wanted.filter((key) => before.includes(key))];
  if (was.join('\n') === is.join('\n')) return [];
  return [{ kind: 'moved', what: format.what, name: 'order', diff: lineDiff(was, is) }];
}

function about<E>(format: Format<E>, entry: E): Pick<ConfigurationChange, 'what' | 'name'> {
  return { what: format.what, name: format.nameOf(entry) };
}

function diffOf<E>(format: Format<E>, was: E | undefined, is?: E): readonly string[] {
  const lines = (entry: E | undefined) => (entry === undefined ? [] : yamlLines(format.yaml(entry)));
  return lineDiff(lines(was), lines(is));
}

function changeOf<E>(format: Format<E>, was: E | undefined, is: E): ConfigurationChange | null {
  const diff = diffOf(format, was, is);
  if (diff.every((line) => line.startsWith(' '))) return null;
  return { ...about(format, is), kind: was === undefined ? 'added' : 'changed', diff };
}

function wrong(field: string, message: string): DomainFailure {
  return new DomainFailure({ code: 'INVALID_INPUT', field, message });
}
