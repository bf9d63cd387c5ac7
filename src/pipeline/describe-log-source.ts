import type { LogSource } from '../syntax/index.js';

/** `product: windows, category: process_creation`. */
export function describeLogSource({ product, category, service }: LogSource): string {
  const parts = Object.entries({ product, category, service });
  const named = parts.flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value}`]));
  return named.length > 0 ? named.join(', ') : 'that names nothing';
}
