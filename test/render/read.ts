import type { BackendId } from '../../src/render/index.js';
import { kustoString } from '../support/kusto.js';

/** How each language reads the literal of an equality, written from its vendor's grammar. */
export const read: Readonly<Record<BackendId, (written: string) => string>> = {
  kql: kustoString,
  spl: (written) =>
    written.startsWith('"') ? written.slice(1, -1).replace(/\\(["\\|])/g, '$1') : written,
  dsl: (written) => JSON.parse(written) as string,
  eql: (written) =>
    written
      .slice(1, -1)
      .replace(/\\(?:u\{([0-9a-f]{2,8})\}|(.))/g, (_, code?: string, char?: string) =>
        code === undefined
          ? ({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '"': '"', '\\': '\\' }[char!] ??
            '<invalid>')
          : String.fromCodePoint(parseInt(code, 16)),
      ),
  esql: (written) =>
    written.startsWith('"""')
      ? written.slice(3, -3)
      : written
          .slice(1, -1)
          .replace(
            /\\(.)/g,
            (_, char: string) =>
              ({ n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' })[char] ?? '<invalid>',
          ),
};
