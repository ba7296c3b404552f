/**
 * Spans of dispatch for an OpenTelemetry collector: claim → send → settle, one trace a batch. The library is loaded when
 * an endpoint is set and not otherwise; without one nothing is wrapped and nothing is measured.
 */
import type { Context, Span, Tracer } from '@opentelemetry/api';
import type { DispatchStore, ReminderSender } from './usecases/ports.ts';

/** Ids and outcomes only: a span never holds a text, a name or a token of Telegram. */
type Facts = Readonly<Record<string, string | number>>;

export interface DispatchTraces {
  readonly store: DispatchStore;
  readonly sender: ReminderSender;
  /** Sends what was not exported yet and stops. */
  close(): Promise<void>;
}

/**
 * Wraps the dispatcher's two ports.
 * @param settings base address of the collector (OTLP over HTTP), without `/v1/traces`; null = the ports as they are. And
 *   the name of the service.
 * @param worker names this process in the traces.
 */
export async function traceDispatch(
  {
    tracesEndpoint: endpoint,
    serviceName,
  }: { readonly tracesEndpoint: string | null; readonly serviceName: string },
  worker: string,
  ports: { readonly store: DispatchStore; readonly sender: ReminderSender },
): Promise<DispatchTraces> {
  if (endpoint === null) return { ...ports, close: async () => undefined };
  const [
    { ROOT_CONTEXT, SpanStatusCode, trace },
    { BatchSpanProcessor, TracerProvider },
    { OTLPTraceExporter },
    { defaultResource, resourceFromAttributes },
  ] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const provider = new TracerProvider({
    resource: defaultResource().merge(
      resourceFromAttributes({ 'service.name': serviceName, 'service.instance.id': worker }),
    ),
    spanProcessors: [
      new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: `${endpoint}/v1/traces` }) }),
    ],
  });
  const tracer = provider.getTracer('nudge.dispatch');
  const inSpan = createInSpan(tracer, (span, error) => {
    span.recordException(error instanceof Error ? error : String(error));
    span.setStatus({ code: SpanStatusCode.ERROR });
  });
  /** The claim's context by token, and by each row of it: sends know their rows alone. */
  const batches = new Map<string, { readonly context: Context; readonly rows: Set<number> }>();
  const contexts = new Map<number, Context>();

  const { store, sender } = ports;
  return {
    store: {
      ...store,
      claim: (by, token, limit, leaseSeconds) =>
        inSpan('dispatch.claim', ROOT_CONTEXT, { 'nudge.worker': worker }, async (span) => {
          const rows = await store.claim(by, token, limit, leaseSeconds);
          span.setAttribute('nudge.rows', rows.length);
          if (rows.length === 0) return rows;
          const context = trace.setSpan(ROOT_CONTEXT, span);
          batches.set(token, { context, rows: new Set(rows.map(({ id }) => id)) });
          for (const { id } of rows) contexts.set(id, context);
          return rows;
        }),
      async settle(token, results) {
        const batch = batches.get(token);
        const facts = { 'nudge.rows': results.length };
        await inSpan('dispatch.settle', batch?.context ?? ROOT_CONTEXT, facts, () =>
          store.settle(token, results),
        );
        for (const { id } of results) {
          batch?.rows.delete(id);
          contexts.delete(id);
        }
        if (batch?.rows.size === 0) batches.delete(token);
      },
    },
    sender: {
      send: (rows, signal, mayLeave) => {
        const [row] = rows;
        const facts = { 'nudge.reminder': row.id, 'nudge.level': row.level, 'nudge.rows': rows.length };
        return inSpan('dispatch.send', contexts.get(row.id) ?? ROOT_CONTEXT, facts, async (span) => {
          const outcome = await sender.send(rows, signal, mayLeave);
          span.setAttribute('nudge.outcome', outcome.outcome);
          return outcome;
        });
      },
    },
    close: () => provider.shutdown(),
  };
}

/** Runs work within a span that ends with it. */
function createInSpan(tracer: Tracer, fail: (span: Span, error: unknown) => void) {
  return async function inSpan<Value>(
    name: string,
    parent: Context,
    attributes: Facts,
    work: (span: Span) => Promise<Value>,
  ): Promise<Value> {
    const span = tracer.startSpan(name, { attributes }, parent);
    try {
      return await work(span);
    } catch (error) {
      fail(span, error);
      throw error;
    } finally {
      span.end();
    }
  };
}
