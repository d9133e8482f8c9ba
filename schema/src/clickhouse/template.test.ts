import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderMigration, splitStatements } from './template.js';

const sql = `-- a comment; with a semicolon;
create table if not exists {{table:t}} {{on_cluster}} (a String default ';')
engine = {{engine:ReplacingMergeTree(v)}} order by a settings {{dedup_window:100}};
{{distributed:t:a}};
`;
const oneLine = (text: string): string => text.replace(/\s+/g, ' ');

describe('renderMigration', () => {
  it('leaves plain statements on one server', () => {
    expect(splitStatements(renderMigration(sql, { cluster: null })).map(oneLine)).toEqual([
      `create table if not exists t (a String default ';') engine = ReplacingMergeTree(v) order by a ` +
        `settings non_replicated_deduplication_window = 100`,
    ]);
  });

  it('makes replicated local tables and a distributed one over them on a cluster', () => {
    expect(splitStatements(renderMigration(sql, { cluster: 'main-1' })).map(oneLine)).toEqual([
      `create table if not exists t_local on cluster 'main-1' (a String default ';') ` +
        `engine = ReplicatedReplacingMergeTree(v) order by a settings replicated_deduplication_window = 100`,
      `create table if not exists t on cluster 'main-1' as t_local ` +
        `engine = Distributed('main-1', currentDatabase(), 't_local', cityHash64(a))`,
    ]);
  });

  it('refuses an unknown placeholder and a cluster name that is more than a name', () => {
    expect(() => renderMigration('{{colour}}', { cluster: null })).toThrow('{{colour}}');
    expect(() => renderMigration('{{colour:red}}', { cluster: 'c' })).toThrow('{{colour:red}}');
    expect(() => renderMigration(sql, { cluster: `c' or '` })).toThrow('CLICKHOUSE_CLUSTER');
  });

  it('renders the real migration for a cluster: eight tables, every local one replicated', () => {
    const file = new URL('./migrations/000001_create_tables.sql', import.meta.url);
    const statements = splitStatements(renderMigration(readFileSync(file, 'utf8'), { cluster: 'c' }));
    expect(statements).toHaveLength(8);
    expect(statements.filter((each) => each.includes('ReplicatedReplacingMergeTree'))).toHaveLength(4);
    expect(statements.every((each) => each.includes(`on cluster 'c'`) && !each.includes('{{'))).toBe(true);
  });
});
