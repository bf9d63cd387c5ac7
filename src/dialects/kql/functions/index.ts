import { conversions } from './conversion.js';
import { conditions } from './condition.js';
import { dynamics } from './dynamic.js';
import { maths } from './math.js';
import { networks } from './network.js';
import { regexes } from './regex.js';
import { texts } from './text.js';
import { times } from './time.js';
import type { ScalarFunction } from './define.js';

/** Kusto's scalar functions by name, as far as this dialect runs them. */
export const functions: ReadonlyMap<string, ScalarFunction> = new Map(
  [conditions, conversions, dynamics, maths, networks, regexes, texts, times].flatMap((group) =>
    Object.entries(group),
  ),
);
