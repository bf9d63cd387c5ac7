import { combine, type Expression } from './scope.js';

/** Kleene's `and`: false if one is false, else null if one is null. */
export function and(operands: readonly Expression[]): Expression {
  return junction(operands, false);
}

/** Kleene's `or`: true if one is true, else null if one is null. */
export function or(operands: readonly Expression[]): Expression {
  return junction(operands, true);
}

function junction(operands: readonly Expression[], decisive: boolean): Expression {
  const tests = operands.map(({ at }) => at);
  return combine('bool', operands, (row, index) => {
    let unknown = false;
    for (const test of tests) {
      const answer = test(row, index);
      if (answer === decisive) return decisive;
      unknown ||= answer === null;
    }
    return unknown ? null : !decisive;
  });
}

export function not(answer: boolean | null): boolean | null {
  return answer === null ? null : !answer;
}
