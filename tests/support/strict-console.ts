/**
 * An unexpected console.error or console.warn fails the test that caused it. A test that expects one replaces the method
 * with `vi.spyOn(console, 'error').mockImplementation(...)` and asserts on it.
 */
import { format } from 'node:util';
import { afterEach, beforeEach, expect } from 'vitest';

let unexpected: string[] = [];

function record(method: 'error' | 'warn'): void {
  console[method] = (...values: unknown[]) => {
    unexpected.push(`console.${method}: ${format(...values)}`);
  };
}

// From the first import on: what a module prints while it loads belongs to the first test of the file.
record('error');
record('warn');

beforeEach(() => {
  record('error');
  record('warn');
});

afterEach(() => {
  const found = unexpected;
  unexpected = [];
  expect(found, 'nothing is written to console.error or console.warn').toEqual([]);
});
