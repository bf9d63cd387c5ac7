import { expect, test } from 'vitest';
import { certificateOf, convert } from '../../src/convert.js';
import { backendIds } from '../../src/render/index.js';
import { verify } from '../../src/verify/index.js';
import { convertOptions, options, source, typed } from './subjects.js';

for (const id of backendIds) {
  test.each(['operators.yml', 'windows.yml'])(
    `${id} says every rule of %s exactly, or refuses it`,
    async (name) => {
      const conversions = convert([source(name)], [await typed(id)], convertOptions);
      for (const conversion of conversions) {
        const { verdict, mapping, cases, counterexample } = verify(conversion, options);
        const about = `${certificateOf(conversion)}\n${conversion.queries.join('\n\n')}`;
        expect(counterexample, about).toBeUndefined();
        expect(mapping).not.toBe('diverges');
        if (verdict === 'equal') expect(cases, about).toBeGreaterThan(4);
      }
    },
  );
}
