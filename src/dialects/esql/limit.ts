/**
 * The most rows between two commands, and rows in groups. Elasticsearch has no such number: a circuit
 * breaker ends a query that would hold more than its share of memory.
 */
export const mostRows = 1_000_000;
