import type { HandlerRegistry, JobHandler } from '../usecases/job-ports.ts';

/**
 * The handlers of this process.
 * @throws Error when two have one name, or a workflow names a handler that is missing or a workflow itself.
 */
export function createRegistry(handlers: readonly JobHandler[]): HandlerRegistry {
  const byName = new Map<string, JobHandler>();
  for (const handler of handlers) {
    if (byName.has(handler.name)) throw new Error(`Two job handlers are called "${handler.name}".`);
    byName.set(handler.name, handler);
  }
  for (const handler of handlers) {
    for (const step of handler.type === 'workflow' ? handler.steps : []) {
      const type = byName.get(step.handler)?.type;
      if (type === undefined || type === 'workflow') {
        throw new Error(
          `The step "${step.name}" of "${handler.name}" needs a function or agent called "${step.handler}".`,
        );
      }
    }
  }
  return { find: (name) => byName.get(name) ?? null };
}
