import { isOpenConversion, textOf, type Convert } from './convert.js';
import { refuseUnverified, type Scope } from './scope.js';
import type { KustoNode } from './kusto.js';
import type { ScalarType } from './value.js';

/** The conversion to a type; reports, while it runs, the values of which no source states the result. */
export function stated(convert: Convert, to: ScalarType, scope: Scope, node: KustoNode): Convert {
  return (value) => {
    if (isOpenConversion(value, to)) {
      const text = typeof value === 'string' ? value : textOf(value, 'dynamic');
      refuseUnverified(scope, node, `${JSON.stringify(text)} as ${to}`);
    }
    return convert(value);
  };
}
