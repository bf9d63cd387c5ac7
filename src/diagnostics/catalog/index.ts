import { yaml } from './yaml.js';
import { rule } from './rule.js';
import { condition } from './condition.js';
import { correlation } from './correlation.js';
import { filter } from './filter.js';
import { modifier } from './modifier.js';
import { lower } from './lower.js';
import { regex } from './regex.js';
import { pipeline } from './pipeline.js';
import { plan } from './plan.js';
import { backend } from './backend.js';
import { render } from './render.js';
import { evaluate } from './evaluate.js';
import { kql } from './kql.js';
import { spl } from './spl.js';
import { eql } from './eql.js';
import { esql } from './esql.js';
import { dsl } from './dsl.js';
import { verify } from './verify.js';
import { lint } from './lint.js';
import { pack } from './pack.js';
import { migrate } from './migrate.js';
import { test } from './test.js';
import { cli } from './cli.js';

/** Every diagnostic there is. Codes are stable: a code is never reused for another problem. */
export const catalog = {
  ...yaml,
  ...rule,
  ...condition,
  ...correlation,
  ...filter,
  ...modifier,
  ...lower,
  ...regex,
  ...pipeline,
  ...plan,
  ...backend,
  ...render,
  ...evaluate,
  ...kql,
  ...spl,
  ...eql,
  ...esql,
  ...dsl,
  ...verify,
  ...lint,
  ...pack,
  ...migrate,
  ...test,
  ...cli,
} as const;

export type Code = keyof typeof catalog;
