/** What the shell is told (design: clean, errors in the input, wrong call, our own bug). */
export const exit = { clean: 0, errors: 1, usage: 2, bug: 70 } as const;

export type Exit = (typeof exit)[keyof typeof exit];
