/** A request's query as data: what parsing makes and SQL building takes. */

/** `column->a->>0`: a column and the way into its JSON; each step says whether it ends in text. */
export interface ColumnPath {
  readonly column: string;
  readonly steps: readonly JsonStep[];
}
export interface JsonStep {
  readonly key: string | number;
  /** `->>` instead of `->`. */
  readonly asText: boolean;
}

export type SelectItem =
  | { readonly kind: 'all' }
  | {
      readonly kind: 'column';
      readonly path: ColumnPath;
      readonly alias: string | null;
      readonly cast: string | null;
    }
  | Embed;

/** A related table's rows inside each row: one object, or an array of them. */
export interface Embed {
  readonly kind: 'embed';
  /** Table, constraint or foreign key column. */
  readonly target: string;
  readonly alias: string | null;
  readonly hint: string | null;
  readonly isInner: boolean;
  readonly node: ReadNode;
}

/** One level of a read: what to show, which rows, in what order. Parameters such as `rel.order` fill inner nodes. */
export interface ReadNode {
  readonly items: readonly SelectItem[];
  readonly where: Condition[];
  order: readonly OrderTerm[];
  limit: number | null;
  offset: number;
}

export interface OrderTerm {
  readonly path: ColumnPath;
  readonly descending: boolean;
  readonly nulls: 'first' | 'last' | null;
}

export type Operator =
  'eq' | 'neq' | 'gt' | 'gte' | 'lt' | 'lte' | 'like' | 'ilike' | 'is' | 'in' | 'cs' | 'cd' | 'ov';

export type Condition =
  | {
      readonly kind: 'compare';
      readonly path: ColumnPath;
      readonly negated: boolean;
      readonly operator: Operator;
      /** A list for `in`, else the text as sent. */
      readonly value: string | readonly string[];
    }
  | {
      readonly kind: 'group';
      readonly join: 'and' | 'or';
      readonly negated: boolean;
      readonly conditions: readonly Condition[];
    };
