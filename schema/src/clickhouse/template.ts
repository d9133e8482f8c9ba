/** Where the tables live: one server, or a cluster of that name with its `{shard}` and `{replica}` macros. */
export interface Deployment {
  /** The cluster's name, or null for one server. */
  readonly cluster: string | null;
}

/**
 * Fills the placeholders of a migration.
 *
 * | placeholder | one server | cluster `c` |
 * |---|---|---|
 * | `{{table:t}}` | `t` | `t_local` |
 * | `{{on_cluster}}` | | `on cluster 'c'` |
 * | `{{engine:ReplacingMergeTree(v)}}` | as written | `ReplicatedReplacingMergeTree(v)` |
 * | `{{dedup_window:n}}` | `non_replicated_deduplication_window = n` | `replicated_deduplication_window = n` |
 * | `{{distributed:t:key}}` | (no statement) | table `t`, distributed over `t_local` by hash of `key` |
 *
 * @throws on a placeholder it does not know and on a cluster name that is no plain identifier.
 */
export function renderMigration(sql: string, deployment: Deployment): string {
  const { cluster } = deployment;
  if (cluster !== null && !/^[A-Za-z0-9_-]+$/.test(cluster)) {
    throw new Error(`CLICKHOUSE_CLUSTER is "${cluster}": it should be a name of letters, digits, _ and -.`);
  }
  return sql.replace(/\{\{(\w+)(?::([^}]*))?\}\}/g, (placeholder: string, name: string, argument: string = '') =>
    cluster === null ? onOneServer(name, argument, placeholder) : onCluster(cluster, name, argument, placeholder),
  );
}

function onOneServer(name: string, argument: string, placeholder: string): string {
  switch (name) {
    case 'table':
    case 'engine':
      return argument;
    case 'on_cluster':
    case 'distributed':
      return '';
    case 'dedup_window':
      return `non_replicated_deduplication_window = ${argument}`;
    default:
      throw new Error(`Unknown placeholder ${placeholder}.`);
  }
}

function onCluster(cluster: string, name: string, argument: string, placeholder: string): string {
  switch (name) {
    case 'table':
      return `${argument}_local`;
    case 'engine':
      return `Replicated${argument}`;
    case 'on_cluster':
      return `on cluster '${cluster}'`;
    case 'dedup_window':
      return `replicated_deduplication_window = ${argument}`;
    case 'distributed': {
      const [table = '', key = ''] = argument.split(':');
      return (
        `create table if not exists ${table} on cluster '${cluster}' as ${table}_local ` +
        `engine = Distributed('${cluster}', currentDatabase(), '${table}_local', cityHash64(${key}))`
      );
    }
    default:
      throw new Error(`Unknown placeholder ${placeholder}.`);
  }
}

/** The statements of a file: each ends with `;` at the end of a line. Comments and empty ones are left out. */
export function splitStatements(sql: string): readonly string[] {
  const withoutComments = sql.replace(/^\s*--.*$/gm, '');
  return withoutComments
    .split(/;[ \t]*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}
