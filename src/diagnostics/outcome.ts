import { hasErrors, type Diagnostic } from './diagnostic.js';

/** A value, or the reasons why there is none. Warnings may travel with a value. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

const none: readonly Diagnostic[] = [];

export function success<T>(value: T, diagnostics = none): Outcome<T> {
  return { ok: true, value, diagnostics };
}

export function failure(...diagnostics: readonly Diagnostic[]): Outcome<never> {
  return { ok: false, diagnostics };
}

/** The value, unless the diagnostics collected on the way hold an error. */
export function outcome<T>(value: T, diagnostics: readonly Diagnostic[]): Outcome<T> {
  return hasErrors(diagnostics) ? { ok: false, diagnostics } : success(value, diagnostics);
}

/** Goes on with the value; diagnostics of both steps are kept in order. */
export function andThen<T, U>(first: Outcome<T>, next: (value: T) => Outcome<U>): Outcome<U> {
  if (!first.ok) return first;
  const second = next(first.value);
  if (first.diagnostics.length === 0) return second;
  return { ...second, diagnostics: [...first.diagnostics, ...second.diagnostics] };
}

/** All the values, or every reason why one is missing. */
export function all<T>(outcomes: readonly Outcome<T>[]): Outcome<readonly T[]> {
  const values: T[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const each of outcomes) {
    if (each.ok) values.push(each.value);
    // There may be more than a call takes arguments.
    for (const problem of each.diagnostics) diagnostics.push(problem);
  }
  return values.length === outcomes.length
    ? success(values, diagnostics)
    : { ok: false, diagnostics };
}
