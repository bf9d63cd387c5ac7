/** The query languages that an interpreter runs; queries of other backends are unverified. */
export const languages = ['kql', 'spl', 'eql', 'esql', 'dsl'] as const;
