/** What is bound to a statement. */
export type SqliteValue = string | number;
type Row = Record<string, unknown>;

/** A connection that has its statements prepared: `node:sqlite`, `better-sqlite3`, `bun:sqlite`. */
export interface PreparingSqlite {
  exec(sql: string): unknown;
  prepare(sql: string): { run(...values: SqliteValue[]): { changes: number | bigint }; all(...values: SqliteValue[]): unknown[] };
}

/** A connection that runs them at once: `node-sqlite3-wasm`. */
export interface DirectSqlite {
  exec(sql: string): unknown;
  run(sql: string, values: SqliteValue[]): { changes: number | bigint };
  all(sql: string, values: SqliteValue[]): unknown[];
}

/** An open SQLite database, whose calls return when they are done. */
export type SqliteClient = PreparingSqlite | DirectSqlite;

/** The few calls that the store needs, of either kind of connection. */
export interface SqliteStatements {
  exec(sql: string): void;
  /** How many rows it changed. */
  run(sql: string, ...values: SqliteValue[]): number;
  all(sql: string, ...values: SqliteValue[]): Row[];
}

export function sqliteStatements(client: SqliteClient): SqliteStatements {
  const exec = (sql: string) => void client.exec(sql);
  // bun:sqlite has both, and takes values otherwise in `run`.
  if ('all' in client) {
    return {
      exec,
      run: (sql, ...values) => Number(client.run(sql, values).changes),
      all: (sql, ...values) => client.all(sql, values) as Row[],
    };
  }
  const prepared = new Map<string, ReturnType<PreparingSqlite['prepare']>>();
  const statement = (sql: string) => {
    const known = prepared.get(sql) ?? client.prepare(sql);
    prepared.set(sql, known);
    return known;
  };
  return {
    exec,
    run: (sql, ...values) => Number(statement(sql).run(...values).changes),
    all: (sql, ...values) => statement(sql).all(...values) as Row[],
  };
}
