import { hasErrors, type Diagnostic } from './diagnostic.js';

/** A value, or the reasons why there is none. Warnings may travel with a value. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export function success<T>(value: T, diagnostics: readonly Diagnostic[] = []): Outcome<T> {
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
  return { ...second, diagnostics: [...first.diagnostics, ...second.diagnostics] };
}

/** All the values, or every reason why one is missing. */
export function all<T>(outcomes: readonly Outcome<T>[]): Outcome<readonly T[]> {
  const diagnostics = outcomes.flatMap((each) => each.diagnostics);
  const values: T[] = [];
  for (const each of outcomes) {
    if (!each.ok) return { ok: false, diagnostics };
    values.push(each.value);
  }
  return success(values, diagnostics);
}
